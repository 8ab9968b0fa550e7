package io.a2al.sim.result;

import java.util.List;

/**
 * Counts of datagrams. Immutable; thread-safe.
 *
 * @param types datagrams sent, for each message type in the order of its code, and last for datagrams that are no
 *     message
 * @param lost datagrams that did not arrive, for any reason
 * @param dropped datagrams that arrived and were dropped by the node
 */
public record Traffic(List<Count> types, long lost, long dropped) {

    /**
     * The datagrams of one type.
     *
     * @param type name of the message type; "other" for datagrams that are no message
     * @param messages number of datagrams
     * @param bytes total size of these datagrams
     */
    public record Count(String type, long messages, long bytes) {}

    /** Copies the list. */
    public Traffic {
        types = List.copyOf(types);
    }

    /** Returns the number of datagrams of all types. */
    public long messages() {
        return types.stream().mapToLong(Count::messages).sum();
    }

    /** Returns the total size of datagrams of all types, in bytes. */
    public long bytes() {
        return types.stream().mapToLong(Count::bytes).sum();
    }
}
