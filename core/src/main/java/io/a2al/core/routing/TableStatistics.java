package io.a2al.core.routing;

import io.a2al.core.bounds.Occupancy;
import io.a2al.core.liveness.PeerHealth;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The routing table and what is known about peers. Immutable; thread-safe.
 *
 * @param contacts contacts in the table
 * @param alive contacts in the table that are not known to be dead
 * @param byHealth contacts in the table by health; every state has an entry
 * @param waiting contacts that wait for a place
 * @param health peers whose health and round-trip time are remembered
 * @param estimatedNetworkSize how many nodes the network seems to have, by contacts that answered us; 0 if none did
 * @param crowdedOut contacts and newcomers refused since the start because there are enough of their network
 */
public record TableStatistics(
        Occupancy contacts,
        int alive,
        Map<PeerHealth.State, Long> byHealth,
        Occupancy waiting,
        Occupancy health,
        long estimatedNetworkSize,
        long crowdedOut) {

    /** Copies the map. */
    public TableStatistics {
        byHealth = Collections.unmodifiableMap(new EnumMap<>(byHealth));
    }
}
