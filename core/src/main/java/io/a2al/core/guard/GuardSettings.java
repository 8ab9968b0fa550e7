package io.a2al.core.guard;

import io.a2al.core.bounds.NetworkLevel;
import io.a2al.protocol.message.Endpoint;
import java.time.Duration;

/**
 * How a node protects itself and other machines. Loopback addresses are exempt from all limits except the amplification
 * limit, since no machine on the internet can send from there. Immutable; thread-safe.
 *
 * @param privateNetwork private, link-local and provider-shared addresses are exempt like loopback ones: for networks
 *     that consist of them
 * @param rates how many requests are admitted
 * @param replies how much is sent to unverified addresses
 * @param hearsay how often an address is asked that peers reported, and that has not answered yet
 * @param hearsayBuckets addresses told apart for that, a power of two
 * @param diversity how many nodes of one network are taken into account
 * @param echoes which echo probes are returned
 */
public record GuardSettings(
        boolean privateNetwork,
        Rates rates,
        Replies replies,
        Rate hearsay,
        int hearsayBuckets,
        Diversity diversity,
        Echoes echoes) {

    /**
     * A processor checks and answers some six thousand requests per second; two thirds of that leave room for our own
     * requests and for the application.
     */
    private static final int REQUESTS_PER_PROCESSOR = 4000;

    /** For a node on the internet with one processor. */
    public static final GuardSettings DEFAULT = new GuardSettings(
            false,
            new Rates(
                    new Rate(50, 200),
                    new Rate(200, 800),
                    new Rate(REQUESTS_PER_PROCESSOR, REQUESTS_PER_PROCESSOR / 4),
                    0.75,
                    1 << 14),
            new Replies(Duration.ofMinutes(1), Duration.ofMinutes(10), 16_384, 16_384, 8192),
            new Rate(1, 10),
            1 << 12,
            new Diversity(2, 10, 2, 1),
            new Echoes(false, new Rate(2, 5), new Rate(20, 20), 1200, 4096, 1 << 12));

    /**
     * How many requests are admitted; the others are dropped before their signatures are checked.
     *
     * @param perSource from one IPv4 address or one /64 of IPv6; one address may hide many nodes
     * @param perPrefix from one /24 or /48; twice as much from a /40 and four times as much from a /16 or /32 ({@link
     *     NetworkLevel}), of which unverified addresses leave to verified ones what they leave of the total
     * @param total from everywhere, exempt addresses aside
     * @param strangersShare the part of it, 0 to 1, that unverified addresses together may use
     * @param buckets sources and prefixes told apart, a power of two
     */
    public record Rates(Rate perSource, Rate perPrefix, Rate total, double strangersShare, int buckets) {}

    /**
     * How much is sent to unverified addresses.
     *
     * @param silence what was received from and sent to an endpoint is forgotten after this long without a request
     * @param proofValidity how long an address stays verified after its latest answer
     * @param maxAccounts unverified addresses that are remembered
     * @param maxProofs verified addresses that are remembered
     * @param maxRequests latest requests that are remembered, each of which is answered a few times only
     */
    public record Replies(Duration silence, Duration proofValidity, int maxAccounts, int maxProofs, int maxRequests) {

        /** Returns the same with this many addresses remembered, unverified and verified ones each. */
        public Replies withMaxEndpoints(int other) {
            return new Replies(silence, proofValidity, other, other, maxRequests);
        }

        /** Returns the same with this many requests remembered. */
        public Replies withMaxRequests(int other) {
            return new Replies(silence, proofValidity, maxAccounts, maxProofs, other);
        }
    }

    /**
     * How much one /24 or /48 counts. A /40 counts twice as much, a /16 or /32 four times ({@link NetworkLevel}): half
     * a bucket, forty contacts, half of the nodes that a lookup hears, half of the replicas. That leaves the other
     * half to other providers, and harms no network with many honest nodes in one provider's.
     *
     * @param perBucket contacts in one bucket of the routing table
     * @param perTable contacts in all of them
     * @param perLookup nodes among the nearest that a lookup prefers, as long as there are other networks
     * @param perRecord replicas of one record, as long as there are other networks
     */
    public record Diversity(int perBucket, int perTable, int perLookup, int perRecord) {}

    /**
     * Which echo probes are returned: datagrams that ask for no more than to come back (wire.md 2.3).
     *
     * @param enabled whether any are
     * @param perSource to one IPv4 address or one /64 of IPv6
     * @param total to all addresses together
     * @param maxLength bytes of the longest
     * @param maxRemembered echoes remembered, so as not to send them again
     * @param buckets sources told apart, a power of two
     */
    public record Echoes(boolean enabled, Rate perSource, Rate total, int maxLength, int maxRemembered, int buckets) {}

    /** The defaults for a machine with this many processors. */
    public static GuardSettings forProcessors(int processors) {
        int perSecond = REQUESTS_PER_PROCESSOR * processors;
        Rates rates = DEFAULT.rates;
        return DEFAULT.withRates(new Rates(
                rates.perSource,
                rates.perPrefix,
                new Rate(perSecond, perSecond / 4),
                rates.strangersShare,
                rates.buckets));
    }

    /** Returns true if no machine on the internet can send from this address. */
    boolean isExempt(Endpoint endpoint) {
        return switch (endpoint.scope()) {
            case LOOPBACK -> true;
            case PRIVATE, LINK_LOCAL, SHARED -> privateNetwork;
            case UNSPECIFIED, MULTICAST, RESERVED, PUBLIC -> false;
        };
    }

    /** The limits of the routing table. */
    public SubnetLimits subnetLimits() {
        return new SubnetLimits(diversity.perBucket(), diversity.perTable(), this::isExempt);
    }

    /** How many nodes of one network a lookup prefers to hear. */
    public SubnetShare lookupShare() {
        return new SubnetShare(diversity.perLookup(), this::isExempt);
    }

    /** How many nodes of one network a record is preferably stored at. */
    public SubnetShare replicaShare() {
        return new SubnetShare(diversity.perRecord(), this::isExempt);
    }

    /** The same for a network of private addresses. */
    public GuardSettings forPrivateNetwork() {
        return new GuardSettings(true, rates, replies, hearsay, hearsayBuckets, diversity, echoes);
    }

    /** The same with other rates of requests. */
    public GuardSettings withRates(Rates other) {
        return new GuardSettings(privateNetwork, other, replies, hearsay, hearsayBuckets, diversity, echoes);
    }

    /**
     * The same, telling so many sources, prefixes and told addresses apart, a power of two: less memory, for small
     * networks.
     */
    public GuardSettings withBuckets(int count) {
        Rates smaller = new Rates(rates.perSource, rates.perPrefix, rates.total, rates.strangersShare, count);
        Echoes fewer = new Echoes(
                echoes.enabled, echoes.perSource, echoes.total, echoes.maxLength, echoes.maxRemembered, count);
        return new GuardSettings(privateNetwork, smaller, replies, hearsay, count, diversity, fewer);
    }

    /** The same with other limits of replies. */
    public GuardSettings withReplies(Replies other) {
        return new GuardSettings(privateNetwork, rates, other, hearsay, hearsayBuckets, diversity, echoes);
    }

    /** The same with another rate of hearsay. */
    public GuardSettings withHearsay(Rate other) {
        return new GuardSettings(privateNetwork, rates, replies, other, hearsayBuckets, diversity, echoes);
    }

    /** The same with other shares of the routing table. */
    public GuardSettings withDiversity(Diversity other) {
        return new GuardSettings(privateNetwork, rates, replies, hearsay, hearsayBuckets, other, echoes);
    }

    /** The same with other echoes. */
    public GuardSettings withEchoes(Echoes other) {
        return new GuardSettings(privateNetwork, rates, replies, hearsay, hearsayBuckets, diversity, other);
    }

    /** The same with echo probes returned. */
    public GuardSettings withEchoProbe() {
        return withEchoes(new Echoes(
                true,
                echoes.perSource(),
                echoes.total(),
                echoes.maxLength(),
                echoes.maxRemembered(),
                echoes.buckets()));
    }
}
