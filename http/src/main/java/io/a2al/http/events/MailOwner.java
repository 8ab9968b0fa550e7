package io.a2al.http.events;

import io.a2al.protocol.id.Address;

/**
 * An agent whose mail the node hears of. Immutable and thread-safe.
 *
 * @param agent its address
 * @param isRegistered true if the node keeps it for another program, and so can open its notes and tells of them itself
 */
record MailOwner(Address agent, boolean isRegistered) {}
