package io.a2al.core.republish;

import java.time.Duration;

/**
 * How the records that other nodes published are kept in the network (known-defects D-34). Immutable; thread-safe.
 *
 * @param timing when records are stored at other nodes
 * @param limits how much is republished
 */
public record RepublishSettings(Timing timing, Limits limits) {

    /**
     * Every 60 to 90 minutes; to new contacts after 5 to 10 seconds; at most 40 STOREs a second, 8 of them under way.
     */
    public static final RepublishSettings DEFAULT = new RepublishSettings(
            new Timing(Duration.ofHours(1), Duration.ofMinutes(10), Duration.ofSeconds(5), Duration.ofMillis(25)),
            new Limits(8, 131_072, 64, 256));

    /**
     * When records are stored at other nodes.
     *
     * @param interval how long no node may have stored a record here before this node stores it at the others again; up
     *     to half as long is added at random, so that mostly one of the holders does it for all
     * @param retry wait before the next attempt when no node answered
     * @param introduction how long a new contact is known before it gets records; up to as long again is added at
     *     random
     * @param pace least time between two STOREs
     */
    public record Timing(Duration interval, Duration retry, Duration introduction, Duration pace) {}

    /**
     * How much is republished.
     *
     * @param maxRequests STOREs under way
     * @param maxKeys keys whose records are republished; records at further keys stay here only
     * @param maxNewcomers new contacts that wait for their records; further ones get them when these are stored again
     * @param keysPerSecond keys that are looked at, whether or not there is anything to do
     */
    public record Limits(int maxRequests, int maxKeys, int maxNewcomers, int keysPerSecond) {}

    /** Checks that the interval and all limits are positive. */
    public RepublishSettings {
        if (!timing.interval().isPositive()
                || limits.maxRequests() < 1
                || limits.maxKeys() < 1
                || limits.maxNewcomers() < 1
                || limits.keysPerSecond() < 1) {
            throw new IllegalArgumentException("republish settings: interval " + timing.interval() + ", " + limits
                    + "; the interval and all limits must be positive");
        }
    }
}
