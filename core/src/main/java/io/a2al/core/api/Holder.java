package io.a2al.core.api;

import io.a2al.protocol.message.Contact;

/**
 * A node that returned records in a lookup. Immutable; thread-safe.
 *
 * @param node the node
 * @param newest whether the newest record of all that were found was among them
 */
public record Holder(Contact node, boolean newest) {}
