package io.a2al.core.nat;

import io.a2al.core.bounds.Occupancy;
import io.a2al.core.nat.EchoService.Verdict;
import java.util.Map;

/**
 * Numbers about how a node finds out how the network sees it. Immutable; thread-safe.
 *
 * @param reporters networks of peers whose report about our address is kept
 * @param probes NAT probes of ours under way
 * @param echoSources others whose probes are being limited
 * @param hairpins silent addresses behind our own NAT
 * @param reportsIgnored reports that were not believed
 * @param echoes what became of the probes of others, since the start
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
