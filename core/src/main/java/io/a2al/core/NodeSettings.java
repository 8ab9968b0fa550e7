package io.a2al.core;

import io.a2al.core.guard.GuardSettings;
import io.a2al.core.liveness.ConnectivitySettings;
import io.a2al.core.membership.MembershipSettings;
import io.a2al.core.nat.NatSettings;
import io.a2al.core.publish.PublishSettings;
import io.a2al.core.push.PushSettings;
import io.a2al.core.rpc.RetryPolicy;
import io.a2al.core.store.StoreLimits;
import io.a2al.protocol.record.RecordPolicy;
import java.time.Duration;

/**
 * All numbers that a node's behaviour depends on, in one place. Immutable; thread-safe.
 *
 * @param store what the node keeps for others
 * @param policy who may publish what; asked by the store and on everything read
 * @param requests how single requests are made
 * @param connectivity when silence is taken for an outage of our own network
 * @param lookups how lookups proceed
 * @param upkeep how the routing table is kept alive
 * @param replication how published records are kept alive
 * @param nat how the node finds out how the network sees it
 * @param push subscriptions, for others and for applications of our own
 * @param maintenance how the node stays part of the network
 * @param guard how the node protects itself and others
 */
public record NodeSettings(
        StoreLimits store,
        RecordPolicy policy,
        Requests requests,
        ConnectivitySettings connectivity,
        Lookups lookups,
        Upkeep upkeep,
        PublishSettings replication,
        NatSettings nat,
        PushSettings push,
        MembershipSettings maintenance,
        GuardSettings guard) {

    /** What a node in the open network uses. */
    public static final NodeSettings DEFAULT = new NodeSettings(
            StoreLimits.DEFAULT,
            RecordPolicy.standard(),
            new Requests(Duration.ofSeconds(2), RetryPolicy.DEFAULT, 8192, 10_000),
            ConnectivitySettings.DEFAULT,
            new Lookups(
                    4,
                    5,
                    Duration.ofMillis(400),
                    Duration.ofMillis(200),
                    Duration.ofSeconds(15),
                    3,
                    Duration.ofMillis(300),
                    4096,
                    8,
                    1024,
                    Duration.ofMinutes(30)),
            new Upkeep(
                    64,
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(1),
                    Duration.ofHours(1),
                    Duration.ofMinutes(15)),
            PublishSettings.DEFAULT,
            NatSettings.DEFAULT,
            PushSettings.DEFAULT,
            MembershipSettings.DEFAULT,
            GuardSettings.DEFAULT);

    /**
     * How single requests are made.
     *
     * @param timeout how long one may take, repetitions included
     * @param retry when to repeat
     * @param maxPending requests under way
     * @param maxPeersRemembered peers whose health and generation are remembered
     */
    public record Requests(Duration timeout, RetryPolicy retry, int maxPending, int maxPeersRemembered) {

        /** The same with so many peers remembered. */
        public Requests withMaxPeersRemembered(int other) {
            return new Requests(timeout, retry, maxPending, other);
        }
    }

    /**
     * How lookups proceed.
     *
     * @param concurrency requests under way (α)
     * @param holderConcurrency the same once a holder was heard and a "newest" lookup wants more
     * @param initialPatience a slower answer lets the next request go; used until round-trip times are known
     * @param initialStagger where one answer is enough, how long the next question waits for it; used until round-trip
     *     times are known
     * @param timeout how long a lookup of the node's own (joining, refreshing, publishing) may take
     * @param holdersWanted how many holders a "newest" lookup wants to hear
     * @param holderBudget how long it waits for more of them after the first
     * @param maxRunning lookups under way
     * @param maxReadRepairs holders of old versions that are sent the newest after a lookup
     * @param maxRecentContacts nodes that answered lately, among which a lookup looks for a place to begin as it does
     *     in the routing table
     * @param recentContactLifetime for how long after its latest answer such a node is remembered
     */
    public record Lookups(
            int concurrency,
            int holderConcurrency,
            Duration initialPatience,
            Duration initialStagger,
            Duration timeout,
            int holdersWanted,
            Duration holderBudget,
            int maxRunning,
            int maxReadRepairs,
            int maxRecentContacts,
            Duration recentContactLifetime) {

        /** The same with so many recent contacts. */
        public Lookups withMaxRecentContacts(int other) {
            return new Lookups(
                    concurrency,
                    holderConcurrency,
                    initialPatience,
                    initialStagger,
                    timeout,
                    holdersWanted,
                    holderBudget,
                    maxRunning,
                    maxReadRepairs,
                    other,
                    recentContactLifetime);
        }
    }

    /**
     * How the routing table is kept alive.
     *
     * @param maxProofs PINGs under way that check who is at an address
     * @param freshness a contact that answered within this time has not moved
     * @param checkOldestAfter a newcomer to a full bucket leads to a PING of its oldest contact if that did not answer
     *     within this time
     * @param tick how often upkeep looks for something to do
     * @param bucketRefresh how long a bucket may go without a lookup
     * @param neighbourhoodRefresh how often the node looks up itself
     */
    public record Upkeep(
            int maxProofs,
            Duration freshness,
            Duration checkOldestAfter,
            Duration tick,
            Duration bucketRefresh,
            Duration neighbourhoodRefresh) {}

    /** The same with another record policy. */
    public NodeSettings withPolicy(RecordPolicy other) {
        return new NodeSettings(
                store, other, requests, connectivity, lookups, upkeep, replication, nat, push, maintenance, guard);
    }

    /** The same with other store limits. */
    public NodeSettings withStore(StoreLimits other) {
        return new NodeSettings(
                other, policy, requests, connectivity, lookups, upkeep, replication, nat, push, maintenance, guard);
    }

    /** The same with another way of making requests. */
    public NodeSettings withRequests(Requests other) {
        return new NodeSettings(
                store, policy, other, connectivity, lookups, upkeep, replication, nat, push, maintenance, guard);
    }

    /** The same with another idea of an outage. */
    public NodeSettings withConnectivity(ConnectivitySettings other) {
        return new NodeSettings(
                store, policy, requests, other, lookups, upkeep, replication, nat, push, maintenance, guard);
    }

    /** The same with another way of looking up. */
    public NodeSettings withLookups(Lookups other) {
        return new NodeSettings(
                store, policy, requests, connectivity, other, upkeep, replication, nat, push, maintenance, guard);
    }

    /** The same with another upkeep. */
    public NodeSettings withUpkeep(Upkeep other) {
        return new NodeSettings(
                store, policy, requests, connectivity, lookups, other, replication, nat, push, maintenance, guard);
    }

    /** The same with another replication. */
    public NodeSettings withReplication(PublishSettings other) {
        return new NodeSettings(
                store, policy, requests, connectivity, lookups, upkeep, other, nat, push, maintenance, guard);
    }

    /** The same with another way of finding out how the network sees the node. */
    public NodeSettings withNat(NatSettings other) {
        return new NodeSettings(
                store, policy, requests, connectivity, lookups, upkeep, replication, other, push, maintenance, guard);
    }

    /** The same with other subscriptions. */
    public NodeSettings withPush(PushSettings other) {
        return new NodeSettings(
                store, policy, requests, connectivity, lookups, upkeep, replication, nat, other, maintenance, guard);
    }

    /** The same with other ways of staying part of the network. */
    public NodeSettings withMaintenance(MembershipSettings other) {
        return new NodeSettings(
                store, policy, requests, connectivity, lookups, upkeep, replication, nat, push, other, guard);
    }

    /** The same with another protection. */
    public NodeSettings withGuard(GuardSettings other) {
        return new NodeSettings(
                store, policy, requests, connectivity, lookups, upkeep, replication, nat, push, maintenance, other);
    }

    /** The same for a network of private addresses, which may have many nodes in one subnet and no public addresses. */
    public NodeSettings forPrivateNetwork() {
        return withNat(nat.forPrivateNetwork()).withGuard(guard.forPrivateNetwork());
    }
}
