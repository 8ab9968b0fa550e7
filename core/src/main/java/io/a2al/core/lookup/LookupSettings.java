package io.a2al.core.lookup;

import io.a2al.core.routing.RoutingTable;
import java.time.Duration;

/**
 * How lookups proceed. {@link LookupRunner} makes the {@link LookupPlan} of each lookup from it. Immutable;
 * thread-safe.
 *
 * @param parallelism requests under way in one lookup
 * @param timing how long a lookup and its requests are waited for
 * @param freshness how the newest version of a record is found and spread
 * @param repetition when a node is asked again in the same lookup
 * @param brief how a lookup proceeds that has little hope
 * @param limits how much lookups may hold
 */
public record LookupSettings(
        Parallelism parallelism,
        Timing timing,
        Freshness freshness,
        Repetition repetition,
        Brief brief,
        Limits limits) {

    /** α = 4; 15 s; three holders, 300 ms; five of eight; 4096 lookups. */
    public static final LookupSettings DEFAULT = new LookupSettings(
            new Parallelism(4, 6),
            new Timing(
                    Duration.ofSeconds(15),
                    new Patience(Duration.ofMillis(400), Duration.ofMillis(50), Duration.ofSeconds(1)),
                    Duration.ofMillis(200)),
            new Freshness(3, Duration.ofMillis(300), Duration.ofMillis(100), new Quorum(5, 8), 8),
            Repetition.DEFAULT,
            new Brief(RoutingTable.K, Duration.ofMillis(800)),
            new Limits(4096, 256));

    /**
     * Requests under way in one lookup.
     *
     * @param concurrency requests under way (α)
     * @param holderConcurrency the same once a holder has answered and more are wanted, or as many nodes are known that
     *     probably have the record as holders are wanted; at least {@code concurrency}
     */
    public record Parallelism(int concurrency, int holderConcurrency) {

        /** Checks the ranges. */
        public Parallelism {
            if (concurrency < 1 || holderConcurrency < concurrency) {
                throw new IllegalArgumentException("requests under way in a lookup: " + concurrency + ", among holders "
                        + holderConcurrency + "; there must be at least one, and not fewer among holders");
            }
        }
    }

    /**
     * How long a lookup and its requests are waited for.
     *
     * @param timeout how long a lookup that the node starts by itself (to join, refresh or publish) may take
     * @param patience how long a request occupies one of the α places
     * @param initialStagger where one answer is enough, how long the next request waits for it; used until round-trip
     *     times are known, then the median round-trip time is
     */
    public record Timing(Duration timeout, Patience patience, Duration initialStagger) {}

    /**
     * How long a request occupies one of the α places: three median round-trip times, within bounds.
     *
     * @param initial used until round-trip times are known
     * @param shortest lower bound, so that a fast network does not multiply requests
     * @param longest upper bound, so that a slow network does not stop a lookup
     */
    public record Patience(Duration initial, Duration shortest, Duration longest) {}

    /**
     * How the newest version of a record is found and spread (known-defects D-16).
     *
     * @param holdersWanted holders that a "newest" lookup wants to hear
     * @param holderBudget how long it waits for more holders after the first
     * @param overdueBudget how long it waits for yet more after the last one wanted, if the record should have been
     *     renewed; most of those asked already answer within this time
     * @param quorum how many nodes it hears if the first holders leave doubt, and how many a "majority" lookup hears
     * @param maxReadRepairs holders of old versions that are sent the newest version after a lookup
     */
    public record Freshness(
            int holdersWanted, Duration holderBudget, Duration overdueBudget, Quorum quorum, int maxReadRepairs) {}

    /**
     * How many of the nodes that should hold a record are heard.
     *
     * @param majority nodes that include one of any {@code replicas - majority + 1}, whichever they are; five of eight
     *     nodes include one of any four
     * @param replicas nodes that should hold a record: those nearest to its key
     */
    public record Quorum(int majority, int replicas) {

        /** Checks that it is a majority. */
        public Quorum {
            if (2 * majority <= replicas || majority > replicas) {
                throw new IllegalArgumentException("quorum: " + majority + " of " + replicas
                        + " nodes; it must be more than a half, and at most all");
            }
        }
    }

    /**
     * When a node is asked again in the same lookup.
     *
     * @param maxPerNode how often one node is asked again at most; a full topic takes some thirty answers
     * @param fruitless after how many answers without anything new a node is not asked again
     * @param pause how long after an empty answer; the node can send more once the next request has come, because each
     *     request raises what the amplification limit lets it send
     * @param pauseForProof how long after an answer with few nodes. A node that truncated its answer sends a PING right
     *     behind it; the pause is long enough for the PING to come a little late, and for our answer to arrive before
     *     the next request does.
     * @param fresh a lookup for a bucket does not ask contacts of that bucket that answered within this time
     */
    public record Repetition(
            int maxPerNode, Fruitless fruitless, Duration pause, Duration pauseForProof, Duration fresh) {

        /** 40 times; after 30 ms or 100 ms; 15 minutes. */
        public static final Repetition DEFAULT = new Repetition(
                40, new Fruitless(2, 6, 3), Duration.ofMillis(30), Duration.ofMillis(100), Duration.ofMinutes(15));
    }

    /**
     * After how many answers without anything new a node is not asked again.
     *
     * @param full full-size answers in a row without a new record
     * @param rationed answers in a row with a record or two each, none of them new
     * @param empty empty answers; after this many more requests, the amplification limit admits a record of any size
     */
    public record Fruitless(int full, int rationed, int empty) {}

    /**
     * How a lookup proceeds while no peer answers, or if all nodes that it could begin with did not answer lately: it
     * asks some of them at once, each with one datagram, and ends if none answers.
     *
     * @param contacts nodes that it begins with at most
     * @param patience how long it waits for the first answer
     */
    public record Brief(int contacts, Duration patience) {}

    /**
     * How much lookups may hold.
     *
     * @param maxRunning lookups under way; further ones are refused
     * @param maxCandidates contacts remembered per path of a lookup; the farthest are dropped
     */
    public record Limits(int maxRunning, int maxCandidates) {}

    /** Returns these settings with other numbers of requests under way. */
    public LookupSettings withParallelism(int concurrency, int holderConcurrency) {
        return new LookupSettings(
                new Parallelism(concurrency, holderConcurrency), timing, freshness, repetition, brief, limits);
    }

    /** Returns these settings with another limit of lookups under way. */
    public LookupSettings withMaxRunning(int limit) {
        return new LookupSettings(
                parallelism, timing, freshness, repetition, brief, new Limits(limit, limits.maxCandidates()));
    }
}
