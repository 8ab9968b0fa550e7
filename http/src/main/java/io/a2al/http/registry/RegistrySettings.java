package io.a2al.http.registry;

import java.time.Duration;
import java.util.Objects;

/**
 * Limits and times of the registry. Immutable; thread-safe.
 *
 * @param maxAgents agents that are registered at a time; each has one of the node's 256 listeners, so that others
 *     remain
 * @param maxServices services of one agent; each is a record that is renewed
 * @param maxNotes notes of one agent that are kept in memory
 * @param aliveFor how long after a heartbeat an agent counts as alive
 * @param probe how long a connection to an agent's program may take
 * @param publish how long a request waits for the first replicas; the node goes on afterwards
 * @param interval between two looks at all agents
 */
public record RegistrySettings(
        int maxAgents,
        int maxServices,
        int maxNotes,
        Duration aliveFor,
        Duration probe,
        Duration publish,
        Duration interval) {

    /** What clients of the network's other daemons expect, where they expect something. */
    public static final RegistrySettings DEFAULT = new RegistrySettings(
            128, 32, 200, Duration.ofHours(1), Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofMinutes(1));

    /** Refuses null. */
    public RegistrySettings {
        Objects.requireNonNull(aliveFor, "aliveFor");
        Objects.requireNonNull(probe, "probe");
        Objects.requireNonNull(publish, "publish");
        Objects.requireNonNull(interval, "interval");
    }
}
