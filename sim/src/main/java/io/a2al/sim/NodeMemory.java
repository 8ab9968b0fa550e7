package io.a2al.sim;

import io.a2al.core.NodeSettings;

/**
 * How much a node remembers beside its routing table, so that thousands of nodes fit into one process: who answered
 * lately, strangers it heard of, votes on its address, rates of sources. In production these limits are there for
 * floods; an honest node in a small network meets fewer peers than any of them, and in a large one forgets those whom
 * it met long ago.
 */
final class NodeMemory {

    /**
     * Of each of 100,000 nodes, as measured, 135,000, and a fifth of that for garbage; in smaller networks nodes have
     * more.
     */
    static final long LEAST_BYTES = 160_000;

    private static final int SMALL = 2_000;
    private static final int MIDDLE = 20_000;

    private NodeMemory() {}

    /** These settings, with limits that fit a network of so many nodes. */
    static NodeSettings fitting(NodeSettings settings, int nodes) {
        if (nodes <= SMALL) {
            return remembering(settings, 4096, 1024, 256, 1024);
        }
        return nodes <= MIDDLE ? remembering(settings, 512, 512, 64, 256) : remembering(settings, 128, 32, 16, 64);
    }

    private static NodeSettings remembering(
            NodeSettings settings, int peers, int contacts, int votes, int rateBuckets) {
        return settings.withRequests(settings.requests().withMaxPeersRemembered(peers))
                .withRouting(settings.routing().withMaxRecentContacts(contacts).withMaxSeenPeers(peers))
                .withNat(settings.nat().withMaxReporters(votes))
                .withGuard(settings.guard()
                        .withReplies(settings.guard().replies().withMaxEndpoints(peers))
                        .withBuckets(rateBuckets));
    }
}
