package io.a2al.conformance.node;

import java.time.Duration;

/**
 * How patient and how quick the suite is. Immutable.
 *
 * @param timeout how long an expected answer is waited for
 * @param silence how long is listened where no answer is expected
 * @param attempts how often a request is sent until it is answered; datagrams get lost
 * @param requestsPerSecond most datagrams sent per second, 0 for no limit
 * @param strangers identities that ask at once in the check for stalls
 */
public record ProbeSettings(Duration timeout, Duration silence, int attempts, int requestsPerSecond, int strangers) {

    /** For a node on this machine, which has no reason to limit us. */
    public static final ProbeSettings LOCAL =
            new ProbeSettings(Duration.ofSeconds(1), Duration.ofMillis(300), 3, 0, 200);

    /** For any other: a node answers ten requests per second of one source, whatever it does besides. */
    public static final ProbeSettings REMOTE =
            new ProbeSettings(Duration.ofSeconds(1), Duration.ofSeconds(1), 3, 8, 64);

    /** Checks the ranges. */
    public ProbeSettings {
        if (timeout.isNegative() || timeout.isZero() || silence.isNegative() || silence.isZero()) {
            throw new IllegalArgumentException("waiting takes some time: " + timeout + ", " + silence);
        }
        if (attempts < 1 || requestsPerSecond < 0 || strangers < 1) {
            throw new IllegalArgumentException("out of range: " + attempts + " attempts, " + requestsPerSecond
                    + " requests per second, " + strangers + " strangers");
        }
    }

    /** The same with another patience. */
    public ProbeSettings withTimeout(Duration other) {
        return new ProbeSettings(other, silence, attempts, requestsPerSecond, strangers);
    }

    /** The same with another time of listening to nothing. */
    public ProbeSettings withSilence(Duration other) {
        return new ProbeSettings(timeout, other, attempts, requestsPerSecond, strangers);
    }
}
