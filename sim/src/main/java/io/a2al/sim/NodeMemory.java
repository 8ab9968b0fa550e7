package io.a2al.sim;

import io.a2al.core.NodeSettings;
import io.a2al.core.routing.RoutingSettings;
import io.a2al.sim.world.SharedContacts;

/**
 * Limits of what a node remembers besides its routing table, so that thousands of nodes fit in one process: round-trip
 * times of peers, contacts, peers seen, requests answered, reporters of its address, and rates per source. All nodes
 * share the contacts that they remember. In production these limits only matter in floods. In a small network an honest
 * node meets fewer peers than any of them allows; in a large one it forgets peers that it met long ago.
 */
final class NodeMemory {

    /**
     * Minimum heap per node, in bytes. Measured with 100,000 nodes: 135,000 bytes each, plus a fifth for garbage. In
     * smaller networks nodes take more.
     */
    static final long LEAST_BYTES = 160_000;

    /** Largest number of nodes for which nodes get the highest limits. */
    private static final int SMALL = 2_000;

    /** Largest number of nodes for which nodes get the medium limits. */
    private static final int MEDIUM = 20_000;

    private NodeMemory() {}

    /** Returns {@code settings} with the limits for a network of the given number of nodes. */
    static NodeSettings limitedFor(NodeSettings settings, int nodes) {
        if (nodes <= SMALL) {
            return withLimits(settings, 4096, 4096, 8192, 256, 1024);
        }
        return nodes <= MEDIUM
                ? withLimits(settings, 512, 4096, 512, 64, 256)
                : withLimits(settings, 128, 128, 128, 16, 64);
    }

    private static NodeSettings withLimits(
            NodeSettings settings, int peers, int contacts, int requests, int reporters, int rateBuckets) {
        SharedContacts shared = new SharedContacts();
        RoutingSettings.Memory memory =
                settings.routing().memory().withMaxContacts(contacts).withPools(limit -> shared);
        return settings.withRequests(settings.requests().withMaxPeersRemembered(peers))
                .withRouting(settings.routing().withMemory(memory).withMaxSeenPeers(peers))
                .withNat(settings.nat().withMaxReporters(reporters))
                .withGuard(settings.guard()
                        .withReplies(settings.guard()
                                .replies()
                                .withMaxEndpoints(peers)
                                .withMaxRequests(requests))
                        .withBuckets(rateBuckets));
    }
}
