package io.a2al.core.membership;

import java.time.Duration;

/**
 * How a node stays part of the network, and what it remembers for the next start. Immutable; thread-safe.
 *
 * @param fewPeers with fewer contacts than this that answer, the node joins again
 * @param firstRetry wait before joining again when that did not help; doubles
 * @param maxRetry longest such wait
 * @param maxSeeds addresses to join through that are remembered; the oldest is forgotten
 * @param seedsPerAttempt how many of them are tried at a time, others each time
 * @param maxFruitless how often the interval of a bucket doubles while looking into it finds nobody
 * @param maxSeenPeers peers of the last seven days that are remembered (known-defects D-38)
 * @param saveInterval how often what is kept in files is written, and old entries of it are dropped
 */
public record MembershipSettings(
        int fewPeers,
        Duration firstRetry,
        Duration maxRetry,
        int maxSeeds,
        int seedsPerAttempt,
        int maxFruitless,
        int maxSeenPeers,
        Duration saveInterval) {

    /** 4 peers; 5 s to 5 min; 256 seeds, 32 at a time; 3 doublings; 100,000 peers; every hour. */
    public static final MembershipSettings DEFAULT = new MembershipSettings(
            4, Duration.ofSeconds(5), Duration.ofMinutes(5), 256, 32, 3, 100_000, Duration.ofHours(1));

    /** The same with another interval of writing. */
    public MembershipSettings withSaveInterval(Duration other) {
        return new MembershipSettings(
                fewPeers, firstRetry, maxRetry, maxSeeds, seedsPerAttempt, maxFruitless, maxSeenPeers, other);
    }

    /** The same with so many peers of the last days remembered. */
    public MembershipSettings withMaxSeenPeers(int other) {
        return new MembershipSettings(
                fewPeers, firstRetry, maxRetry, maxSeeds, seedsPerAttempt, maxFruitless, other, saveInterval);
    }

    /** The same with other waits between attempts to join. */
    public MembershipSettings withRetries(Duration first, Duration longest) {
        return new MembershipSettings(
                fewPeers, first, longest, maxSeeds, seedsPerAttempt, maxFruitless, maxSeenPeers, saveInterval);
    }
}
