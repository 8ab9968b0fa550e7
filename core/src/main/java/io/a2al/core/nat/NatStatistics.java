package io.a2al.core.nat;

import io.a2al.core.bounds.Occupancy;
import io.a2al.core.nat.EchoService.Verdict;
import java.util.Map;

/**
 * Statistics of how a node finds out how the network sees it. Immutable; thread-safe.
 *
 * @param reporters networks of peers whose report about our address is kept
 * @param probes NAT probes of ours under way
 * @param echoSources sources whose probes are limited at present
 * @param hairpins unreachable addresses behind our own NAT
 * @param reportsIgnored reports that were not accepted
 * @param echoes verdicts about probes of other nodes, since the start
 */
public record NatStatistics(
        Occupancy reporters,
        Occupancy probes,
        Occupancy echoSources,
        Occupancy hairpins,
        long reportsIgnored,
        Map<Verdict, Long> echoes) {

    /** Copies the map. */
    public NatStatistics {
        echoes = Map.copyOf(echoes);
    }
}
