package io.a2al.core.publish;

import io.a2al.core.bounds.Occupancy;

/**
 * Numbers about what the node publishes, as of one moment. Immutable; thread-safe.
 *
 * @param publications publications that are open
 * @param watchedNodes nodes that hold replicas of them
 * @param requestsUnderWay STOREs, reads and probes not answered yet
 * @param lookupsUnderWay lookups for nodes to store at
 * @param confirmations times that a node confirmed to hold a record
 * @param refusals times that a node refused one
 * @param probesSaved probes that other traffic made unnecessary
 * @param surrounded keys that look surrounded by an attacker
 */
public record PublishStatistics(
        Occupancy publications,
        int watchedNodes,
        Occupancy requestsUnderWay,
        Occupancy lookupsUnderWay,
        long confirmations,
        long refusals,
        long probesSaved,
        int surrounded) {}
