package io.a2al.core.publish;

import io.a2al.core.routing.RoutingTable;
import java.time.Duration;

/**
 * How published records are kept alive (node.md section 12). Immutable; thread-safe.
 *
 * @param replicas number of nodes that should hold a record
 * @param smallNetworks at how many more nodes topic records are stored while the network is small
 * @param limits how much may be under way
 * @param placement how often nodes are looked for
 * @param refusalMemory how long a node that refused a record is not asked to hold it again
 * @param probing how replicas are watched
 * @param sweep how the work for many publications is shared and spread
 */
public record PublishSettings(
        int replicas,
        SmallNetworks smallNetworks,
        Limits limits,
        Placing placement,
        Duration refusalMemory,
        Probing probing,
        Sweep sweep) {

    /**
     * At how many nodes topic records are stored in a small network. Nodes of the older protocol version answer a
     * search for a topic from their own store, if that has anything at the key, and ask no other node. They themselves
     * store at up to 16 nodes. In a small network most nodes hold some record of a topic, so a record that fewer nodes
     * hold is not seen by many of them: 7 of 15 nodes missed one with 8 replicas. In a large network few readers are
     * among the holders, and 8 replicas do.
     *
     * @param below estimated number of nodes from which on a network is not small: with four times as many nodes as
     *     replicas, at most a quarter of the readers hold a part of the topic
     * @param topicReplicas number of nodes that should hold a topic record, where one of the nearest has not shown that
     *     it understands the newer protocol version; more than a lookup finds are of no use
     */
    public record SmallNetworks(long below, int topicReplicas) {

        /** 16 replicas in networks of fewer than 64 nodes. */
        public static final SmallNetworks DEFAULT = new SmallNetworks(64, RoutingTable.K);
    }

    /**
     * How much may be under way.
     *
     * @param requestsPerRecord requests under way for one record
     * @param maxRequests requests under way for all records, probes included
     * @param maxLookups lookups under way for all records
     * @param maxPublications publications at a time
     */
    public record Limits(int requestsPerRecord, int maxRequests, int maxLookups, int maxPublications) {}

    /**
     * How often nodes are looked for.
     *
     * @param firstRepair wait before nodes are looked for again when replicas are missing; doubles each time
     * @param longestRepair upper bound of that wait
     * @param refresh how often the node looks whether nearer nodes have come; each time up to half as long is added at
     *     random
     */
    public record Placing(Duration firstRepair, Duration longestRepair, Duration refresh) {}

    /**
     * How replicas are watched. A node that left two requests unanswered is a bad replica.
     *
     * @param first wait before the first probe of a new replica, and before the second probe of one that did not answer
     * @param longest upper bound of the wait, which doubles with each success
     * @param grace how long a bad replica may come back before it is dropped
     * @param contentEvery one probe in this many asks for a record instead of a PONG
     */
    public record Probing(Duration first, Duration longest, Duration grace, int contentEvery) {

        /** 30 s to 10 min, half an hour of grace, every third probe looks for a record. */
        public static final Probing DEFAULT =
                new Probing(Duration.ofSeconds(30), Duration.ofMinutes(10), Duration.ofMinutes(30), 3);

        /** Returns the same with fewer probes of nodes that answer. */
        Probing slowedBy(int factor) {
            return new Probing(first, longest.multipliedBy(factor), grace, contentEvery * factor);
        }
    }

    /**
     * How the work for many publications is shared and spread. Renewals walk the key space, and one lookup serves all
     * keys of a region.
     *
     * @param above publications up to which each is cared for by itself
     * @param sharing age up to which what a lookup found is used for other keys
     * @param repairBelow replicas from which on missing ones are replaced only with the next renewal
     * @param refresh how often the node looks whether nearer nodes have come if no renewal does so before; each time up
     *     to half as long is added at random
     * @param patience how many times as long the waits between probes may become, as renewals tell most of what they
     *     would
     * @param formers nodes beside the replicas that get renewed records because they had an earlier one
     * @param pace how fast rounds of storing begin
     */
    public record Sweep(
            int above, Duration sharing, int repairBelow, Duration refresh, int patience, int formers, Pace pace) {

        /** From 101 publications on; 2 minutes; missing replicas wait while there are 6; 45 minutes; one former one. */
        public static final Sweep DEFAULT =
                new Sweep(100, Duration.ofMinutes(2), 6, Duration.ofMinutes(45), 2, 1, Pace.DEFAULT);
    }

    /**
     * How fast rounds of storing begin with many publications. The highest of these rates holds.
     *
     * @param share times the mean rate of renewals
     * @param least rounds in a second that are no burden
     * @param all time in which all publications can be stored once, for records with a long time to live
     * @param burst rounds that may begin at once
     */
    public record Pace(double share, double least, Duration all, int burst) {

        /** 1.8 times the mean; 5 a second, which are some 80 datagrams; all in half an hour; 16 at once. */
        public static final Pace DEFAULT = new Pace(1.8, 5, Duration.ofMinutes(30), 16);
    }

    /**
     * Eight replicas; 3 requests for a record and 64 for all, 16 lookups; nearer nodes every 10 to 15 minutes. At most
     * 131,072 publications, of some 1.5 kB each.
     */
    public static final PublishSettings DEFAULT = new PublishSettings(
            8,
            SmallNetworks.DEFAULT,
            new Limits(3, 64, 16, 1 << 17),
            new Placing(Duration.ofSeconds(30), Duration.ofMinutes(10), Duration.ofMinutes(10)),
            Duration.ofHours(1),
            Probing.DEFAULT,
            Sweep.DEFAULT);

    /** Checks that all numbers are positive. */
    public PublishSettings {
        if (replicas < 1
                || smallNetworks.topicReplicas() < replicas
                || limits.requestsPerRecord() < 1
                || limits.maxRequests() < 1
                || limits.maxLookups() < 1
                || limits.maxPublications() < 1
                || probing.contentEvery() < 1) {
            throw new IllegalArgumentException("publish settings: " + replicas + " replicas, " + limits + ", " + probing
                    + ", " + smallNetworks + "; all numbers must be positive, and topics in small networks have no"
                    + " fewer replicas");
        }
    }

    /** Returns these settings with another limit of publications. */
    public PublishSettings withMaxPublications(int limit) {
        Limits other = new Limits(limits.requestsPerRecord(), limits.maxRequests(), limits.maxLookups(), limit);
        return new PublishSettings(replicas, smallNetworks, other, placement, refusalMemory, probing, sweep);
    }

    /** Returns these settings with other waits before missing replicas are replaced. */
    public PublishSettings withRepairs(Duration first, Duration longest) {
        return new PublishSettings(
                replicas,
                smallNetworks,
                limits,
                new Placing(first, longest, placement.refresh()),
                refusalMemory,
                probing,
                sweep);
    }

    /** Returns these settings with replicas watched in another way. */
    public PublishSettings withProbing(Probing other) {
        return new PublishSettings(replicas, smallNetworks, limits, placement, refusalMemory, other, sweep);
    }

    /** Returns these settings with the work for many publications shared in another way. */
    public PublishSettings withSweep(Sweep other) {
        return new PublishSettings(replicas, smallNetworks, limits, placement, refusalMemory, probing, other);
    }
}
