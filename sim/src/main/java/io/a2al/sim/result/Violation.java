package io.a2al.sim.result;

import java.time.Duration;
import java.util.List;

/**
 * A check that did not hold. Immutable; thread-safe.
 *
 * @param check its name
 * @param at virtual time
 * @param participants who was involved
 * @param nodes the same, a line about each: number, address, NodeID, what is special
 * @param message what is wrong
 * @param events the latest events that concern them, one line each, oldest first
 */
public record Violation(
        String check,
        Duration at,
        List<Integer> participants,
        List<String> nodes,
        String message,
        List<String> events) {

    /** Copies the lists. */
    public Violation {
        participants = List.copyOf(participants);
        nodes = List.copyOf(nodes);
        events = List.copyOf(events);
    }
}
