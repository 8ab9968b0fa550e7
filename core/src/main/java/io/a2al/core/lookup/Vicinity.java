package io.a2al.core.lookup;

import io.a2al.protocol.message.Contact;
import java.util.List;

/**
 * The nodes around a key that looks surrounded. Immutable; thread-safe.
 *
 * @param nodes the nodes, in the order in which they are asked
 * @param asked nodes that were asked to find them
 * @param answered those of them that answered
 */
record Vicinity(List<Contact> nodes, int asked, int answered) {}
