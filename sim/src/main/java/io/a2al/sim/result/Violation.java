package io.a2al.sim.result;

import java.time.Duration;
import java.util.List;

/**
 * A check that failed. Immutable; thread-safe.
 *
 * @param check name of the check
 * @param at virtual time of the failure
 * @param participants numbers of the participants involved
 * @param nodes one line about each of them: number, address, NodeID, whether it is behind a NAT or an attacker
 * @param message what is wrong
 * @param events the latest events of these participants, one line each, oldest first
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
