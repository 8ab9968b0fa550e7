package io.a2al.core.nat;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.record.NatType;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Infers from votes of peers which public address this node has and what kind of NAT it is behind (node.md section 17).
 * A vote is one reporter's view of our address; it counts for 15 minutes, the result of a probe for 30. At most {@value
 * #MAX_VOTES} votes are kept; the one repeated longest ago is dropped first. Times in nanoseconds, and they never go
 * back. Believes every reporter: {@link ObservedAddresses} filters the reports. Not thread-safe.
 */
public final class NatSense {

    /** Votes that must agree, where no number is given. */
    public static final int DEFAULT_MIN_AGREEING = 3;

    /** How long a vote counts; at exactly this age it no longer does. */
    public static final Duration VOTE_LIFETIME = Duration.ofMinutes(15);

    /** How long the result of a probe counts; at exactly this age it no longer does. */
    public static final Duration PROBE_LIFETIME = Duration.ofMinutes(30);

    /** Votes kept at most. */
    public static final int MAX_VOTES = 1024;

    /** Both ports of a symmetric NAT must have been seen by this many, so that one liar cannot make one. */
    private static final int REPORTERS_PER_PORT = 2;

    /**
     * An address on which peers agree.
     *
     * @param endpoint our address as peers see it
     * @param votes how many peers see it
     */
    public record Consensus(Endpoint endpoint, int votes) {}

    private record Vote(NodeId reporter, Endpoint observed) implements Comparable<Vote> {

        private static final Comparator<Vote> ORDER =
                Comparator.comparing(Vote::reporter).thenComparing(Vote::observed);

        @Override
        public int compareTo(Vote other) {
            return ORDER.compare(this, other);
        }
    }

    private record Tally(Endpoint endpoint, int votes, long newest) {}

    private record Probe(boolean reachable, long at) {}

    /** Most votes first, then the newest; equal tallies still have an order. */
    private static final Comparator<Tally> BEST_FIRST = Comparator.comparingInt(Tally::votes)
            .reversed()
            .thenComparing((a, b) -> Long.compare(b.newest() - a.newest(), 0))
            .thenComparing(tally -> tally.endpoint().toWire());

    private final NatRules rules;
    private int minAgreeing;
    private boolean bindPublic;
    private Optional<Probe> probe = Optional.empty();

    /** Each vote and when it was last cast, least recently cast first. */
    private final SequencedMap<Vote, Long> votes = new LinkedHashMap<>();

    /**
     * No votes and no probe.
     *
     * @param minAgreeing votes that must agree; 0 or less for {@value #DEFAULT_MIN_AGREEING}
     */
    public NatSense(NatRules rules, int minAgreeing) {
        this.rules = rules;
        this.minAgreeing = thresholdOf(minAgreeing);
    }

    private static int thresholdOf(int minAgreeing) {
        return minAgreeing > 0 ? minAgreeing : DEFAULT_MIN_AGREEING;
    }

    // ---- what is known ----------------------------------------------------------------------------------------

    /** Records that a reporter sees us at this address of 6 or 18 bytes (wire.md 8.2); any other length is ignored. */
    public void record(NodeId reporter, Bytes observed, long now) {
        Endpoint.ofWire(observed).ifPresent(endpoint -> record(reporter, endpoint, now));
    }

    /** Records that a reporter sees us at this address. */
    public void record(NodeId reporter, Endpoint observed, long now) {
        forgetOldVotes(now);
        votes.putLast(new Vote(reporter, observed.unmapped()), now);
        if (votes.size() > MAX_VOTES) {
            votes.pollFirstEntry();
        }
    }

    /** Takes back a vote. */
    public void withdraw(NodeId reporter, Endpoint observed) {
        votes.remove(new Vote(reporter, observed.unmapped()));
    }

    /** Drops all votes, after a change of network; the result of a probe stays. */
    public void invalidateObservations() {
        votes.clear();
    }

    /** Sets whether our socket is bound to a public address. */
    public void recordBindPublic(boolean value) {
        bindPublic = value;
    }

    /** Returns whether our socket is bound to a public address. */
    public boolean isBindPublic() {
        return bindPublic;
    }

    /** Records the result of a probe. */
    public void recordProbeResult(boolean reachable, long now) {
        probe = Optional.of(new Probe(reachable, now));
    }

    /** Drops the result of the latest probe. */
    public void clearProbeResult() {
        probe = Optional.empty();
    }

    /** Returns the result of the latest probe, if it still counts. */
    public Optional<Boolean> probeResult(long now) {
        return probe.filter(result -> now - result.at() < PROBE_LIFETIME.toNanos())
                .map(Probe::reachable);
    }

    /** Returns how many votes must agree. */
    public int minAgreeing() {
        return minAgreeing;
    }

    /** Sets how many votes must agree; 0 or less for {@value #DEFAULT_MIN_AGREEING}. */
    public void setMinAgreeing(int value) {
        minAgreeing = thresholdOf(value);
    }

    // ---- what follows from it ---------------------------------------------------------------------------------

    /** Returns the number of votes that count at present. */
    public int votes(long now) {
        forgetOldVotes(now);
        return votes.size();
    }

    /** Returns the number of different reporters whose votes count at present. */
    public int reporters(long now) {
        return reporters(now, MAX_VOTES);
    }

    /** Returns true if the votes of at least {@code least} different reporters count at present. */
    boolean hasReporters(long now, int least) {
        return reporters(now, least) >= least;
    }

    /** Counts no more than {@code most}, as the few that must agree are mostly known from the first votes. */
    private int reporters(long now, int most) {
        forgetOldVotes(now);
        return (int) votes.keySet().stream()
                .map(Vote::reporter)
                .distinct()
                .limit(most)
                .count();
    }

    /** Returns the address on which enough reporters agree: the one with most votes, of equals the newest. */
    public Optional<Consensus> trusted(long now) {
        return trusted(now, true);
    }

    /** Like {@link #trusted}, among IPv4 addresses only. */
    public Optional<Consensus> trustedIpv4(long now) {
        return trusted(now, false);
    }

    private Optional<Consensus> trusted(long now, boolean withIpv6) {
        int threshold = threshold(now);
        return tallies(now).stream()
                .filter(tally -> tally.votes() >= threshold)
                .filter(tally -> withIpv6 || tally.endpoint().isIpv4())
                .min(BEST_FIRST)
                .map(best -> new Consensus(best.endpoint(), best.votes()));
    }

    /** Returns the kind of NAT we are behind, as far as it can be inferred. */
    public NatType natType(long now) {
        if (bindPublic) {
            return NatType.FULL_CONE;
        }
        if (isSymmetric(now, Optional.empty())) {
            return NatType.SYMMETRIC;
        }
        if (!isEnough(now)) {
            return NatType.UNKNOWN;
        }
        return probeResult(now).orElse(false) ? NatType.FULL_CONE : NatType.RESTRICTED;
    }

    /**
     * Returns the type to publish. The newer rules publish less: symmetric only under the address that would be
     * published, and restricted only after a probe.
     */
    public NatType publishType(long now) {
        if (rules == NatRules.OLDER) {
            return natType(now);
        }
        if (bindPublic) {
            return NatType.FULL_CONE;
        }
        if (isSymmetric(now, trustedIpv4(now).map(Consensus::endpoint))) {
            return NatType.SYMMETRIC;
        }
        if (!isEnough(now)) {
            return NatType.UNKNOWN;
        }
        return probeResult(now)
                .map(reachable -> reachable ? NatType.FULL_CONE : NatType.RESTRICTED)
                .orElse(NatType.UNKNOWN);
    }

    private int threshold(long now) {
        return rules == NatRules.OLDER ? minAgreeing : Math.max(1, reporters(now, minAgreeing));
    }

    private boolean isEnough(long now) {
        forgetOldVotes(now);
        long counting = votes.keySet().stream().filter(this::tellsAboutNat).count();
        return counting >= threshold(now);
    }

    private boolean tellsAboutNat(Vote vote) {
        return rules == NatRules.OLDER || vote.observed().isIpv4();
    }

    /**
     * Returns whether two ports were each seen by enough reporters.
     *
     * @param only the address to look at; empty for all addresses
     */
    private boolean isSymmetric(long now, Optional<Endpoint> only) {
        forgetOldVotes(now);
        // Ports of one address belong together; the older rules do not tell addresses apart.
        Function<Endpoint, Bytes> home =
                rules == NatRules.OLDER ? ignored -> Bytes.EMPTY : endpoint -> Bytes.copyOf(endpoint.ip());
        Map<Bytes, Map<Integer, Set<NodeId>>> reportersByPort = new TreeMap<>();
        for (Vote vote : votes.keySet()) {
            Endpoint observed = vote.observed();
            if (tellsAboutNat(vote) && only.map(observed::hasSameIp).orElse(true)) {
                reportersByPort
                        .computeIfAbsent(home.apply(observed), absent -> new TreeMap<>())
                        .computeIfAbsent(observed.port(), absent -> new HashSet<>())
                        .add(vote.reporter());
            }
        }
        int needed = Math.min(minAgreeing, REPORTERS_PER_PORT);
        return reportersByPort.values().stream()
                .anyMatch(ports -> ports.values().stream()
                                .filter(reporters -> reporters.size() >= needed)
                                .count()
                        >= 2);
    }

    private List<Tally> tallies(long now) {
        forgetOldVotes(now);
        Map<Endpoint, Tally> byEndpoint = new LinkedHashMap<>();
        votes.forEach((vote, at) -> byEndpoint.merge(
                vote.observed(),
                new Tally(vote.observed(), 1, at),
                (sum, one) -> new Tally(sum.endpoint(), sum.votes() + 1, one.newest())));
        return List.copyOf(byEndpoint.values());
    }

    private void forgetOldVotes(long now) {
        Iterator<Long> times = votes.values().iterator();
        while (times.hasNext() && now - times.next() >= VOTE_LIFETIME.toNanos()) {
            times.remove();
        }
    }
}
