package io.a2al.core.routing;

import java.time.Duration;
import java.util.function.IntFunction;

/**
 * How contacts are verified, and how many peers are remembered beside the routing table. Immutable; thread-safe.
 *
 * @param verification how contacts are verified
 * @param memory which contacts are remembered although the routing table has no place for them
 * @param maxSeenPeers peers of the last seven days that are remembered (known-defects D-38)
 * @param roaming requests a second with which the node walks the network, to remember all of it; 0 for none
 * @param vicinity when a key looks surrounded, and what is done then
 */
public record RoutingSettings(
        Verification verification, Memory memory, int maxSeenPeers, int roaming, Vicinity vicinity) {

    /** More requests a second than this would be a flood. */
    public static final int MAX_ROAMING = 1000;

    /** Checks the range. */
    public RoutingSettings {
        if (roaming < 0 || roaming > MAX_ROAMING) {
            throw new IllegalArgumentException(
                    "requests a second to walk the network: " + roaming + "; give 0 to " + MAX_ROAMING);
        }
    }

    /** 64 PINGs at a time; 16,384 contacts; 100,000 peers seen; no roaming. */
    public static final RoutingSettings DEFAULT =
            new RoutingSettings(Verification.DEFAULT, Memory.DEFAULT, 100_000, 0, Vicinity.DEFAULT);

    /**
     * How contacts are verified.
     *
     * @param maxProofs PINGs under way that verify an address
     * @param recheckAfter a contact that is heard from at another address is pinged at its known one, at most once in
     *     this time
     * @param checkOldestAfter a newcomer to a full bucket leads to a PING of the bucket's oldest contact if that did
     *     not answer within this time
     */
    public record Verification(int maxProofs, Duration recheckAfter, Duration checkOldestAfter) {

        /** 64 PINGs; 5 seconds; 5 minutes. */
        public static final Verification DEFAULT = new Verification(64, Duration.ofSeconds(5), Duration.ofMinutes(5));
    }

    /**
     * Which contacts are remembered beside the routing table, see {@link ContactMemory}.
     *
     * @param maxContacts contacts at most
     * @param maxPerSite contacts of one /24 or /48 at most; more of a larger network, see
     *     {@link io.a2al.core.bounds.NetworkLevel}
     * @param estimate how long a contact is likely there
     * @param pools makes the pool that holds the contacts of one node, for a number of contacts
     */
    public record Memory(int maxContacts, int maxPerSite, Estimate estimate, IntFunction<ContactPool> pools) {

        /** 16,384 contacts, 32 of one site. */
        public static final Memory DEFAULT = new Memory(1 << 14, 32, Estimate.DEFAULT, PackedContacts::new);

        /** Returns the same with another number of contacts. */
        public Memory withMaxContacts(int limit) {
            return new Memory(limit, maxPerSite, estimate, pools);
        }

        /** Returns the same with contacts held by other pools. */
        public Memory withPools(IntFunction<ContactPool> other) {
            return new Memory(maxContacts, maxPerSite, estimate, other);
        }
    }

    /**
     * How long a contact is likely there.
     *
     * @param headStart how long a contact is taken to have been there when it is first heard, until the outcomes of
     *     requests tell. A node that is met at random is in the middle of its session, and of long ones more are met:
     *     by the sessions that Stutzbach and Rejaie measured (IMC 2006), it has been there for two hours on average.
     * @param shortestHeadStart the same where no contact answers again
     * @param longestHeadStart the same where all do
     * @param usefulChance contacts less likely there, 0 to 1, are not asked
     * @param leastChance contacts less likely there, 0 to 1, are forgotten
     * @param firstPenalty how long a contact is not asked that failed twice; doubles with each further failure
     */
    public record Estimate(
            Duration headStart,
            Duration shortestHeadStart,
            Duration longestHeadStart,
            double usefulChance,
            double leastChance,
            Duration firstPenalty) {

        /**
         * Half an hour, 10 minutes to 4 hours; a half: as long for a contact that answered once; a tenth; 5 minutes.
         */
        public static final Estimate DEFAULT = new Estimate(
                Duration.ofMinutes(30), Duration.ofMinutes(10), Duration.ofHours(4), 0.5, 0.1, Duration.ofMinutes(5));
    }

    /**
     * When a key looks surrounded, see {@link KeyDensity}, and what is done then: its record is stored and looked for
     * at all nodes of its vicinity, within bounds.
     *
     * @param smallestNetwork networks of fewer nodes have no verdict
     * @param divergence divergence in nats from which on the nearest nodes are improbably dense, if there were very
     *     many
     * @param divergenceOfOne added to it, divided by the number of nodes compared: by chance, few nodes diverge more
     * @param nodes honest nodes that are expected in the vicinity at least; twice as many at most
     * @param maxNodes nodes of it that are asked or get a record at most
     * @param lookups lookups for other parts of it at most, which confirm the verdict and find its nodes
     */
    public record Vicinity(
            long smallestNetwork, double divergence, double divergenceOfOne, int nodes, int maxNodes, int lookups) {

        /** From 128 nodes on; 1.36 nats for 16 nodes, 2.6 for 5; 20 to 40 honest nodes, 128 in all; 4 lookups. */
        public static final Vicinity DEFAULT = new Vicinity(128, 0.8, 9, 20, 128, 4);

        /** Never a verdict. */
        public static final Vicinity NONE = new Vicinity(Long.MAX_VALUE, 0.8, 9, 20, 128, 4);
    }

    /** Returns these settings with another verdict about surrounded keys. */
    public RoutingSettings withVicinity(Vicinity other) {
        return new RoutingSettings(verification, memory, maxSeenPeers, roaming, other);
    }

    /** Returns these settings with contacts verified in another way. */
    public RoutingSettings withVerification(Verification other) {
        return new RoutingSettings(other, memory, maxSeenPeers, roaming, vicinity);
    }

    /** Returns these settings with contacts remembered in another way. */
    public RoutingSettings withMemory(Memory other) {
        return new RoutingSettings(verification, other, maxSeenPeers, roaming, vicinity);
    }

    /** Returns these settings with another limit of peers seen. */
    public RoutingSettings withMaxSeenPeers(int limit) {
        return new RoutingSettings(verification, memory, limit, roaming, vicinity);
    }

    /** Returns these settings with this many requests a second that walk the network. */
    public RoutingSettings withRoaming(int perSecond) {
        return new RoutingSettings(verification, memory, maxSeenPeers, perSecond, vicinity);
    }
}
