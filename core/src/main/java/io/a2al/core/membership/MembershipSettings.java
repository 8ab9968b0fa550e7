package io.a2al.core.membership;

import java.time.Duration;

/**
 * How a node joins the network and stays part of it. Immutable; thread-safe.
 *
 * @param joining how it joins, and joins again
 * @param outage how it looks for a way back while its own network seems to be down
 * @param former how contacts are remembered that left the routing table
 * @param upkeep what it does at regular intervals
 */
public record MembershipSettings(Joining joining, Outage outage, Former former, Upkeep upkeep) {

    /** Joins again below 4 contacts; looks into a bucket each hour and around itself each quarter of an hour. */
    public static final MembershipSettings DEFAULT = new MembershipSettings(
            new Joining(4, new Retries(Duration.ofSeconds(5), Duration.ofMinutes(5)), 256, 32),
            new Outage(4, 4, Duration.ofSeconds(2), Duration.ofSeconds(30), Lasting.DEFAULT, Quiet.DEFAULT),
            new Former(64, Memory.DEFAULT, Retries.OF_FORMER, Duration.ofMinutes(5)),
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
    public record Retries(Duration first, Duration longest) {

        /** 1, 2, 4 … 30 minutes. */
        static final Retries OF_FORMER = new Retries(Duration.ofMinutes(1), Duration.ofMinutes(30));

        /** Returns the wait that follows this one. */
        public Duration after(Duration wait) {
            Duration doubled = wait.multipliedBy(2);
            return doubled.compareTo(longest) < 0 ? doubled : longest;
        }
    }

    /**
     * How a node looks for a way back while its own network seems to be down: it pings a few contacts and seeds a
     * round.
     *
     * @param contactsPerRound contacts pinged in a round
     * @param seedsPerRound seeds pinged in a round
     * @param firstPause wait between the first two rounds; doubles each time
     * @param longestPause upper bound of the wait
     * @param lasting what changes when it does not end
     * @param quiet when it asks whether its own network works
     */
    public record Outage(
            int contactsPerRound,
            int seedsPerRound,
            Duration firstPause,
            Duration longestPause,
            Lasting lasting,
            Quiet quiet) {}

    /**
     * An outage that does not end: the contacts may be dead and our own network may work. Those that do not answer
     * leave the routing table, so that they are neither asked nor told to other nodes.
     *
     * @param after so long after the last answer was missed
     * @param contactsPerRound contacts pinged in a round from then on
     */
    public record Lasting(Duration after, int contactsPerRound) {

        /** 4 minutes, more than a router takes to restart; 16. */
        static final Lasting DEFAULT = new Lasting(Duration.ofMinutes(4), 16);
    }

    /**
     * When a node without traffic asks a contact, to see whether its own network works.
     *
     * @param tick how often it thinks of it
     * @param after how long no peer has answered then
     */
    public record Quiet(Duration tick, Duration after) {

        /** Each minute; 3 minutes. */
        static final Quiet DEFAULT = new Quiet(Duration.ofMinutes(1), Duration.ofMinutes(3));
    }

    /**
     * How contacts are remembered that left the routing table because they did not answer. They may have been cut off
     * from us, and come back.
     *
     * @param max contacts remembered; those that were known for the shortest time are dropped
     * @param memory how long each is remembered
     * @param retries how long the node waits before it pings one again
     * @param lookups least time between two lookups of the own neighbourhood because a contact came back
     */
    public record Former(int max, Memory memory, Retries retries, Duration lookups) {}

    /**
     * How long a former contact is remembered: the longer it was known, the likelier it comes back.
     *
     * @param factor times as long as it was known
     * @param shortest lower bound
     * @param longest upper bound
     */
    public record Memory(int factor, Duration shortest, Duration longest) {

        /** Four times as long, between a quarter of an hour and a day. */
        static final Memory DEFAULT = new Memory(4, Duration.ofMinutes(15), Duration.ofDays(1));

        /** Returns how long a contact is remembered that was known for this time. */
        public Duration of(Duration knownFor) {
            Duration wanted = knownFor.multipliedBy(factor);
            Duration atLeast = wanted.compareTo(shortest) < 0 ? shortest : wanted;
            return atLeast.compareTo(longest) < 0 ? atLeast : longest;
        }
    }

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
                former,
                upkeep);
    }

    /** Returns these settings with other limits of seeds. */
    public MembershipSettings withSeeds(int max, int perAttempt) {
        return new MembershipSettings(
                new Joining(joining.fewPeers(), joining.retries(), max, perAttempt), outage, former, upkeep);
    }

    /** Returns these settings with another upkeep. */
    public MembershipSettings withUpkeep(Upkeep other) {
        return new MembershipSettings(joining, outage, former, other);
    }
}
