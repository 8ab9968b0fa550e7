package io.a2al.core.routing;

import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;

/**
 * Holds contacts under small numbers, for a {@link ContactMemory}. Nodes of one process may share a pool, so that they
 * share the contacts. Not thread-safe.
 */
public interface ContactPool {

    /** Takes a contact. Returns its number, 0 or more, which is valid until {@link #remove}. */
    int add(Contact contact);

    /** Returns the contact with this number. */
    Contact get(int number);

    /** Returns true if the contact with this number is of this node. */
    default boolean isOf(int number, NodeId nodeId) {
        return get(number).nodeId().equals(nodeId);
    }

    /** Takes back one {@link #add} of the contact with this number. */
    void remove(int number);

    /** Returns the memory that the contacts take, in bytes, as far as it belongs to one node alone. */
    long bytes();
}
