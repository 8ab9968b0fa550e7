package io.a2al.conformance.node;

import java.time.Duration;

/**
 * Timeouts and rates of the suite. Immutable.
 *
 * @param timeout time to wait for an expected answer, positive
 * @param listenTime time to wait where no answer, or an unknown number of answers, is expected; positive
 * @param attempts maximum number of times that a request is sent until it is answered, since datagrams get lost; at
 *     least 1
 * @param requestsPerSecond maximum number of datagrams sent per second, 0 for no limit
 * @param newIdentities number of identities that send a PING in the identity flood, at least 1
 * @param longChecks true to run checks that take minutes, too; they say how many
 */
public record ProbeSettings(
        Duration timeout,
        Duration listenTime,
        int attempts,
        int requestsPerSecond,
        int newIdentities,
        boolean longChecks) {

    /** Settings for a node on this machine, which has no reason to limit the rate of local requests. */
    public static final ProbeSettings LOCAL =
            new ProbeSettings(Duration.ofSeconds(1), Duration.ofMillis(300), 3, 0, 200, false);

    /**
     * Settings for a remote node. A node must answer ten requests per second from one address, so the rate stays below
     * that.
     */
    public static final ProbeSettings REMOTE =
            new ProbeSettings(Duration.ofSeconds(1), Duration.ofSeconds(1), 3, 8, 64, false);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    public ProbeSettings {
        if (timeout.isNegative() || timeout.isZero() || listenTime.isNegative() || listenTime.isZero()) {
            throw new IllegalArgumentException("timeout or listen time not positive: " + timeout + ", " + listenTime);
        }
        if (attempts < 1 || requestsPerSecond < 0 || newIdentities < 1) {
            throw new IllegalArgumentException("out of range: " + attempts + " attempts, " + requestsPerSecond
                    + " requests per second, " + newIdentities + " new identities");
        }
    }

    /** Returns these settings with another timeout. */
    public ProbeSettings withTimeout(Duration other) {
        return new ProbeSettings(other, listenTime, attempts, requestsPerSecond, newIdentities, longChecks);
    }

    /** Returns these settings with checks that take minutes. */
    public ProbeSettings withLongChecks() {
        return new ProbeSettings(timeout, listenTime, attempts, requestsPerSecond, newIdentities, true);
    }
}
