package io.a2al.sim.network;

import java.time.Duration;

/**
 * The bandwidth of each host's uplink and downlink. Immutable; thread-safe.
 *
 * @param bitsPerSecond capacity of the uplink, and of the downlink; 0 for no limit
 * @param longestQueue a datagram that would have to wait longer for the link is lost
 */
public record Bandwidth(long bitsPerSecond, Duration longestQueue) {

    /** No limit. Once a limit is set, the queue holds half a second. */
    public static final Bandwidth UNLIMITED = new Bandwidth(0, Duration.ofMillis(500));

    /**
     * Validates the range.
     *
     * @throws IllegalArgumentException if the bandwidth is negative
     */
    public Bandwidth {
        if (bitsPerSecond < 0) {
            throw new IllegalArgumentException("bandwidth: " + bitsPerSecond + " bit/s; must not be negative");
        }
    }

    /** Returns the same queue with another bandwidth. */
    public Bandwidth withBitsPerSecond(long other) {
        return new Bandwidth(other, longestQueue);
    }
}
