package io.a2al.core.republish;

import java.time.Duration;

/**
 * How the records that others published are kept in the network (known-defects D-34). Immutable; thread-safe.
 *
 * @param interval how long nobody may have stored a record here before it is stored at the others again; up to half as
 *     long is added at random, so that mostly one of the holders does it for all
 * @param retry wait before the next attempt when nobody answered
 * @param introduction how long a new contact is known before it gets records; up to as long again is added at random
 * @param pace least time between two STOREs
 * @param maxRequests STOREs under way
 * @param maxKeys keys that are looked after; records at others stay here only
 * @param maxNewcomers new contacts that wait for their records; others get them when these are stored again
 * @param keysPerSecond keys that are looked at, whether or not there is anything to do
 */
public record RepublishSettings(
        Duration interval,
        Duration retry,
        Duration introduction,
        Duration pace,
        int maxRequests,
        int maxKeys,
        int maxNewcomers,
        int keysPerSecond) {

    /**
     * Every 60 to 90 minutes; to new contacts after 5 to 10 seconds; at most 40 STOREs a second, 8 of them under way.
     */
    public static final RepublishSettings DEFAULT = new RepublishSettings(
            Duration.ofHours(1),
            Duration.ofMinutes(10),
            Duration.ofSeconds(5),
            Duration.ofMillis(25),
            8,
            131_072,
            64,
            256);

    /** Checks that everything that counts is positive. */
    public RepublishSettings {
        if (interval.isNegative()
                || interval.isZero()
                || maxRequests < 1
                || maxKeys < 1
                || maxNewcomers < 1
                || keysPerSecond < 1) {
            throw new IllegalArgumentException("custody settings must be positive");
        }
    }

    /** The same with other times for storing again and for introductions. */
    public RepublishSettings withTimes(Duration otherInterval, Duration otherRetry, Duration otherIntroduction) {
        return new RepublishSettings(
                otherInterval, otherRetry, otherIntroduction, pace, maxRequests, maxKeys, maxNewcomers, keysPerSecond);
    }
}
