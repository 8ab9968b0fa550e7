package io.a2al.core.rpc;

import io.a2al.core.liveness.RoundTrip;
import java.time.Duration;

/**
 * When to send a request again (known-defects D-10): twice the peer's round-trip time after the first attempt, within
 * bounds, then twice as long each time, so that even a short deadline allows two attempts. Immutable; thread-safe.
 *
 * @param minimum shortest wait before the second attempt
 * @param maximum longest wait before the second attempt
 * @param unknown wait before the second attempt to a peer never measured
 */
public record RetryPolicy(Duration minimum, Duration maximum, Duration unknown) {

    /** Beyond this no deadline allows another attempt; keeps the wait from overflowing. */
    private static final int MAX_DOUBLINGS = 6;

    /** 250 ms to 1 s, 500 ms for a peer that was never measured. */
    public static final RetryPolicy DEFAULT =
            new RetryPolicy(Duration.ofMillis(250), Duration.ofSeconds(1), Duration.ofMillis(500));

    /** Returns the nanoseconds between attempt {@code attempt} (the first is 1) and the next one. */
    public long waitAfter(int attempt, RoundTrip roundTrip) {
        long first = roundTrip.isKnown()
                ? Math.clamp(2 * roundTrip.nanos(), minimum.toNanos(), maximum.toNanos())
                : unknown.toNanos();
        return first << Math.min(attempt - 1, MAX_DOUBLINGS);
    }
}
