package io.a2al.core.nat;

import io.a2al.core.api.NatStatus;
import io.a2al.core.bounds.NetworkCounts;
import io.a2al.core.bounds.NetworkLevel;
import io.a2al.core.nat.NatSense.Consensus;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.record.NatType;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Decides which reports about our own address are accepted (known-defects D-39), in front of {@link NatSense}, which
 * believes every reporter. Identities are free, addresses are not, so each network of reporters (a /24 of IPv4, a /48
 * of IPv6) has one vote, its latest, and the larger ones around it have two or four ({@link NetworkLevel}). Addresses
 * that the internet does not route are ignored, and so is a reporter that claims to see us in the other IP family.
 * With fewer than the settings' number of reporters no address is trusted. Reports must come in answers to requests of
 * our own. Times in nanoseconds. Not thread-safe.
 */
public final class ObservedAddresses {

    private static final int VOTES_PER_SITE = 1;

    private record Vote(Contact reporter, Endpoint observed) {}

    private record Probe(boolean reachable, long at) {}

    private final NatSettings settings;
    private final NatSense sense;

    /** The vote of each network of reporters, least recently cast first. */
    private final SequencedMap<Bytes, Vote> voteOf = new LinkedHashMap<>();

    /** How many votes each network has, of every level. */
    private final NetworkCounts votes = new NetworkCounts();

    /** The latest probe of an IPv6 address; NAT types, and so {@link NatSense}, are about IPv4. */
    private Optional<Probe> ipv6Probe = Optional.empty();

    private long ignored;

    /** No reports. */
    public ObservedAddresses(NatSettings settings) {
        this.settings = settings;
        this.sense = new NatSense(NatRules.NEWER, settings.reports().minAgreeing());
    }

    /** Takes the address at which a peer that answered us sees us. Returns whether the report is accepted. */
    public boolean report(Contact reporter, Endpoint observed, long now) {
        Endpoint seen = observed.unmapped();
        if (!isPlausible(reporter.endpoint().unmapped(), seen)) {
            ignored++;
            return false;
        }
        Vote vote = new Vote(reporter, seen);
        Vote before = voteOf.putLast(networkOf(reporter), vote);
        votes.add(reporter.endpoint());
        if (before != null) {
            votes.remove(before.reporter().endpoint());
            if (!vote.equals(before)) {
                withdraw(before);
            }
        } else if (!settings.privateNetwork()) {
            dropVotesBeyondLimit(reporter.endpoint());
        }
        sense.record(reporter.nodeId(), seen, now);
        if (voteOf.size() > settings.reports().maxReporters()) {
            drop(voteOf.firstEntry().getKey());
        }
        return true;
    }

    /** Withdraws the oldest vote of each network around a reporter that has too many. */
    private void dropVotesBeyondLimit(Endpoint reporter) {
        for (NetworkLevel level : NetworkLevel.of(reporter)) {
            long network = level.numberOf(reporter);
            if (votes.of(network) > level.limit(VOTES_PER_SITE)) {
                dropOldestOf(level, network);
            }
        }
    }

    private void dropOldestOf(NetworkLevel level, long network) {
        for (Bytes site : voteOf.keySet()) {
            if (level.numberOf(site) == network) {
                drop(site);
                return;
            }
        }
    }

    private void drop(Bytes site) {
        Vote vote = voteOf.remove(site);
        if (vote != null) {
            votes.remove(vote.reporter().endpoint());
            withdraw(vote);
        }
    }

    private void withdraw(Vote vote) {
        sense.withdraw(vote.reporter().nodeId(), vote.observed());
    }

    private boolean isPlausible(Endpoint reporter, Endpoint seen) {
        return seen.port() != 0
                && seen.isIpv4() == reporter.isIpv4()
                && (settings.privateNetwork() ? seen.isDialable() : seen.isPublic());
    }

    /** Returns the network that a reporter votes for; in a private network, each reporter has a vote of its own. */
    private Bytes networkOf(Contact reporter) {
        return settings.privateNetwork() ? reporter.nodeId().toBytes() : NetworkLevel.siteOf(reporter.endpoint());
    }

    /** Sets whether our socket is bound to a public address. */
    public void recordBindPublic(boolean value) {
        sense.recordBindPublic(value);
    }

    /** Records whether an echo arrived at this public address of ours. */
    public void recordProbeResult(Endpoint claimed, boolean reachable, long now) {
        if (claimed.unmapped().isIpv4()) {
            sense.recordProbeResult(reachable, now);
        } else {
            ipv6Probe = Optional.of(new Probe(reachable, now));
        }
    }

    private Optional<Boolean> probeResult(Endpoint claimed, long now) {
        return claimed.isIpv4()
                ? sense.probeResult(now)
                : ipv6Probe
                        .filter(probe -> now - probe.at() < NatSense.PROBE_LIFETIME.toNanos())
                        .map(Probe::reachable);
    }

    /** Drops all reports and results of probes, which do not hold in another network. */
    public void networkChanged() {
        voteOf.clear();
        votes.clear();
        sense.invalidateObservations();
        sense.clearProbeResult();
        ipv6Probe = Optional.empty();
    }

    /** Returns our IPv4 address if enough peers agree on one, else our IPv6 address if they agree on that. */
    public Optional<Endpoint> publicEndpoint(long now) {
        return consensus(now).map(Consensus::endpoint);
    }

    private Optional<Consensus> consensus(long now) {
        return hasEnoughReporters(now) ? sense.trustedIpv4(now).or(() -> sense.trusted(now)) : Optional.empty();
    }

    private boolean hasEnoughReporters(long now) {
        return sense.hasReporters(now, settings.reports().fewestReporters());
    }

    /** Returns how the network sees us. */
    public NatStatus status(long now) {
        Optional<Consensus> consensus = consensus(now);
        boolean known = sense.isBindPublic() || hasEnoughReporters(now);
        return new NatStatus(
                known ? sense.natType(now) : NatType.UNKNOWN,
                known ? sense.publishType(now) : NatType.UNKNOWN,
                consensus.map(Consensus::endpoint),
                consensus.map(Consensus::votes).orElse(0),
                sense.reporters(now),
                sense.isBindPublic(),
                consensus.flatMap(agreed -> probeResult(agreed.endpoint(), now)));
    }

    /** Returns the number of networks whose vote is kept, those too old to count included. */
    public int size() {
        return voteOf.size();
    }

    /** Returns how many reports were not accepted. */
    public long ignored() {
        return ignored;
    }
}
