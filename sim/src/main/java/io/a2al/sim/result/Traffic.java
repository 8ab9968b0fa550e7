package io.a2al.sim.result;

import java.util.List;

/**
 * Datagrams sent, by type. Immutable; thread-safe.
 *
 * @param types for each type of message in the order of their numbers, and then for whatever is none
 * @param lost how many did not arrive, for any reason
 * @param dropped how many arrived and were dropped by the node
 */
public record Traffic(List<Count> types, long lost, long dropped) {

    /**
     * One type.
     *
     * @param type name of the type of message; "other" for what is no message
     * @param messages how many
     * @param bytes of their datagrams
     */
    public record Count(String type, long messages, long bytes) {}

    /** Copies the list. */
    public Traffic {
        types = List.copyOf(types);
    }

    /** All messages. */
    public long messages() {
        return types.stream().mapToLong(Count::messages).sum();
    }

    /** All bytes. */
    public long bytes() {
        return types.stream().mapToLong(Count::bytes).sum();
    }
}
