package io.a2al.core.lookup;

import io.a2al.protocol.message.Contact;
import io.a2al.protocol.record.VerifiedRecord;

/**
 * A node that returned an old version of a record. Immutable; thread-safe.
 *
 * @param node the node
 * @param newest the version that it should hold
 */
public record Outdated(Contact node, VerifiedRecord newest) {}
