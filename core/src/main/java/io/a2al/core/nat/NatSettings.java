package io.a2al.core.nat;

import java.time.Duration;

/**
 * How a node finds out how the network sees it. Immutable; thread-safe.
 *
 * @param privateNetwork the network has no public addresses: reports of any address are accepted, peers of one network
 *     have a vote each, and no probes are made
 * @param reports which reports about our address are accepted
 * @param checks how often the node probes its own public address
 * @param maxProbes probes under way
 * @param echoes how many echoes are sent for other nodes
 * @param hairpins how peers behind our own NAT are remembered
 */
public record NatSettings(
        boolean privateNetwork, Reports reports, Checks checks, int maxProbes, Echoes echoes, Hairpin hairpins) {

    /** What a node on the internet uses. */
    public static final NatSettings DEFAULT = new NatSettings(
            false,
            new Reports(NatSense.DEFAULT_MIN_AGREEING, 2, 512),
            new Checks(Duration.ofMinutes(20), Duration.ofMinutes(1), 3, Duration.ofSeconds(5)),
            64,
            new Echoes(3, Duration.ofSeconds(10), 50, 4096),
            new Hairpin(Duration.ofMinutes(30), 1024));

    /**
     * Which reports about our address are accepted (known-defects D-39).
     *
     * @param minAgreeing votes that make an address trusted; fewer reporters lower it
     * @param fewestReporters with fewer reporters than this, no address is trusted
     * @param maxReporters networks of reporters whose vote is kept
     */
    public record Reports(int minAgreeing, int fewestReporters, int maxReporters) {}

    /**
     * How often the node probes its own public address.
     *
     * @param interval how often it asks for echoes there
     * @param tick how often it looks whether that is due, or has become possible
     * @param peers peers asked for an echo each time
     * @param timeout how long an echo is waited for
     */
    public record Checks(Duration interval, Duration tick, int peers, Duration timeout) {}

    /**
     * How many echoes are sent for other nodes (known-defects D-40).
     *
     * @param perSource echoes in one window for one IPv4 address, or one /64 of IPv6
     * @param window length of a window; it begins with its first request
     * @param perSecond echoes for all sources together
     * @param maxSources windows open at a time
     */
    public record Echoes(int perSource, Duration window, int perSecond, int maxSources) {}

    /**
     * How peers behind our own NAT are remembered (known-defects D-43).
     *
     * @param memory how long such a peer counts as unreachable after a request to it timed out
     * @param maxPeers unreachable peers remembered
     */
    public record Hairpin(Duration memory, int maxPeers) {}

    /** Returns these settings with another limit of reporters. */
    public NatSettings withMaxReporters(int limit) {
        return new NatSettings(
                privateNetwork,
                new Reports(reports.minAgreeing(), reports.fewestReporters(), limit),
                checks,
                maxProbes,
                echoes,
                hairpins);
    }

    /** Returns these settings with another limit of probes under way. */
    public NatSettings withMaxProbes(int limit) {
        return new NatSettings(privateNetwork, reports, checks, limit, echoes, hairpins);
    }

    /** Returns these settings with another limit of sources whose echoes are counted. */
    public NatSettings withMaxEchoSources(int limit) {
        return new NatSettings(
                privateNetwork,
                reports,
                checks,
                maxProbes,
                new Echoes(echoes.perSource(), echoes.window(), echoes.perSecond(), limit),
                hairpins);
    }

    /** Returns these settings with another limit of unreachable peers remembered. */
    public NatSettings withMaxHairpins(int limit) {
        return new NatSettings(
                privateNetwork, reports, checks, maxProbes, echoes, new Hairpin(hairpins.memory(), limit));
    }

    /** Returns these settings for a network that has no public addresses. */
    public NatSettings forPrivateNetwork() {
        return new NatSettings(true, reports, checks, maxProbes, echoes, hairpins);
    }
}
