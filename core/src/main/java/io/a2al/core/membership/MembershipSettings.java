package io.a2al.core.membership;

import java.time.Duration;

/**
 * How a node joins the network and stays part of it. Immutable; thread-safe.
 *
 * @param joining how it joins, and joins again
 * @param outage how it looks for a way back while its own network seems to be down
 * @param upkeep what it does at regular intervals
 */
public record MembershipSettings(Joining joining, Outage outage, Upkeep upkeep) {

    /** Joins again below 4 contacts; looks into a bucket each hour and around itself each quarter of an hour. */
    public static final MembershipSettings DEFAULT = new MembershipSettings(
            new Joining(4, new Retries(Duration.ofSeconds(5), Duration.ofMinutes(5)), 256, 32),
            new Outage(4, 4, Duration.ofSeconds(2), Duration.ofSeconds(30)),
            new Upkeep(Duration.ofMinutes(1), Duration.ofHours(1), 3, Duration.ofMinutes(15), Duration.ofHours(1)));

    /**
     * How a node joins, and joins again (known-defects D-21).
     *
     * @param fewPeers with fewer contacts than this that answer, the node joins again
     * @param retries how long it waits before it joins again
     * @param maxSeeds addresses to join through that are remembered; the one tried longest ago is dropped
     * @param seedsPerAttempt seeds tried at a time, other ones each time
     */
    public record Joining(int fewPeers, Retries retries, int maxSeeds, int seedsPerAttempt) {}

    /**
     * How long the node waits before it joins again.
     *
     * @param first wait after an attempt that did not help; doubles each time
     * @param longest upper bound of the wait
     */
    public record Retries(Duration first, Duration longest) {}

    /**
     * How a node looks for a way back while its own network seems to be down: it pings a few contacts and seeds a
     * round.
     *
     * @param contactsPerRound contacts pinged in a round
     * @param seedsPerRound seeds pinged in a round
     * @param firstPause wait between the first two rounds; doubles each time
     * @param longestPause upper bound of the wait
     */
    public record Outage(int contactsPerRound, int seedsPerRound, Duration firstPause, Duration longestPause) {}

    /**
     * What a node does at regular intervals (known-defects D-25).
     *
     * @param tick how often it looks for something to do
     * @param bucketRefresh how long a bucket may go without a lookup
     * @param maxFruitless how often the interval of a bucket doubles at most while refreshes bring no contacts
     * @param neighbourhoodRefresh how often it looks up its own neighbourhood
     * @param saveInterval how often the contents of files are written, and their old entries dropped
     */
    public record Upkeep(
            Duration tick,
            Duration bucketRefresh,
            int maxFruitless,
            Duration neighbourhoodRefresh,
            Duration saveInterval) {

        /** Returns these settings with another tick. */
        public Upkeep withTick(Duration other) {
            return new Upkeep(other, bucketRefresh, maxFruitless, neighbourhoodRefresh, saveInterval);
        }

        /** Returns these settings with files written at another interval. */
        public Upkeep withSaveInterval(Duration other) {
            return new Upkeep(tick, bucketRefresh, maxFruitless, neighbourhoodRefresh, other);
        }
    }

    /** Returns these settings with other waits between attempts to join. */
    public MembershipSettings withRetries(Duration first, Duration longest) {
        return new MembershipSettings(
                new Joining(
                        joining.fewPeers(), new Retries(first, longest), joining.maxSeeds(), joining.seedsPerAttempt()),
                outage,
                upkeep);
    }

    /** Returns these settings with other limits of seeds. */
    public MembershipSettings withSeeds(int max, int perAttempt) {
        return new MembershipSettings(
                new Joining(joining.fewPeers(), joining.retries(), max, perAttempt), outage, upkeep);
    }

    /** Returns these settings with another upkeep. */
    public MembershipSettings withUpkeep(Upkeep other) {
        return new MembershipSettings(joining, outage, other);
    }
}
