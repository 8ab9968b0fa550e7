package io.a2al.core.publish;

import io.a2al.core.republish.RepublishSettings;
import java.time.Duration;

/**
 * How published records are kept alive (node.md section 12). Immutable; thread-safe.
 *
 * @param replicas nodes that shall hold a record
 * @param concurrency requests under way for one record
 * @param maxRequests requests under way for all of them, probes included
 * @param maxLookups lookups under way for all of them
 * @param maxPublications publications at a time
 * @param firstRepair wait before looking for nodes again when replicas are missing; doubles
 * @param maxRepair longest such wait
 * @param placementRefresh how often to look whether nearer nodes have come; each time up to half as long is added at
 *     random
 * @param refusalMemory how long a node that does not want a record is left in peace with it
 * @param probing how replicas are watched
 * @param custody how the records of others are kept alive
 */
public record PublishSettings(
        int replicas,
        int concurrency,
        int maxRequests,
        int maxLookups,
        int maxPublications,
        Duration firstRepair,
        Duration maxRepair,
        Duration placementRefresh,
        Duration refusalMemory,
        Probing probing,
        RepublishSettings custody) {

    /**
     * How replicas are watched. A node that was silent twice is a bad replica.
     *
     * @param first wait before the first probe of a new replica, and before the second try of a silent one
     * @param longest the wait doubles with each success up to this
     * @param grace how long a bad replica may come back before it is forgotten
     * @param contentEvery every so many probes a node is asked for a record instead of for a sign of life
     */
    public record Probing(Duration first, Duration longest, Duration grace, int contentEvery) {

        /** 30 s to 10 min, half an hour of grace, every third probe looks for a record. */
        public static final Probing DEFAULT =
                new Probing(Duration.ofSeconds(30), Duration.ofMinutes(10), Duration.ofMinutes(30), 3);
    }

    /** Eight replicas; 3 requests for a record and 64 for all, 16 lookups; a look around every 10 to 15 minutes. */
    public static final PublishSettings DEFAULT = new PublishSettings(
            8,
            3,
            64,
            16,
            4096,
            Duration.ofSeconds(30),
            Duration.ofMinutes(10),
            Duration.ofMinutes(10),
            Duration.ofHours(1),
            Probing.DEFAULT,
            RepublishSettings.DEFAULT);

    /** Checks that everything that counts is positive. */
    public PublishSettings {
        if (replicas < 1
                || concurrency < 1
                || maxRequests < 1
                || maxLookups < 1
                || maxPublications < 1
                || probing.contentEvery() < 1) {
            throw new IllegalArgumentException("replication settings must be positive");
        }
    }

    /** The same with another limit of publications. */
    public PublishSettings withMaxPublications(int limit) {
        return new PublishSettings(
                replicas,
                concurrency,
                maxRequests,
                maxLookups,
                limit,
                firstRepair,
                maxRepair,
                placementRefresh,
                refusalMemory,
                probing,
                custody);
    }

    /** The same with another way of keeping the records of others alive. */
    public PublishSettings withCustody(RepublishSettings other) {
        return new PublishSettings(
                replicas,
                concurrency,
                maxRequests,
                maxLookups,
                maxPublications,
                firstRepair,
                maxRepair,
                placementRefresh,
                refusalMemory,
                probing,
                other);
    }
}
