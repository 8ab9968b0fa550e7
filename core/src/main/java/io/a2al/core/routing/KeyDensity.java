package io.a2al.core.routing;

import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import java.util.Collection;
import java.util.List;

/**
 * Judges whether the nodes found nearest to a key are improbably dense, as they are if an attacker has chosen NodeIDs
 * to surround it. Compared are the common prefix lengths of the key and the nearest nodes with those that the network's
 * size lets expect, by their Kullback-Leibler divergence (Sridhar et al., "Content Censorship in the InterPlanetary
 * File System", NDSS 2024). How the limits were chosen: docs/decisions/censorship.md.
 *
 * <p>The size has to be one that the attacker cannot raise with the nodes around the key, such as the estimate of the
 * routing table, which is made of nodes around ourselves. Immutable; thread-safe.
 *
 * @param settings from which divergence on a key looks surrounded, and what its vicinity is
 */
public record KeyDensity(RoutingSettings.Vicinity settings) {

    /** Nodes whose prefix lengths are compared; farther ones tell little about an attack. */
    private static final int MOST = RoutingTable.K;

    /** With fewer nodes, any distribution is probable. */
    private static final int FEWEST = 5;

    /**
     * Longer prefixes than those of the nearest honest node by this many bits are not told apart. Otherwise a single
     * NodeID next to the key would make a large divergence.
     */
    private static final int BITS_BEYOND = 4;

    /** Above this mean of a Poisson distribution, fewer nodes than {@link #MOST} are too improbable to matter. */
    private static final double CERTAIN = 200;

    private static final double LEAST_PROBABILITY = 1e-12;

    /**
     * Returns true if so dense nodes are improbable in a network of this size. Never in small networks, in which an
     * eclipse and chance look alike.
     *
     * @param nearest nodes nearest to the key, in any order; more than 16 count only as far as they are the nearest
     * @param networkSize number of nodes in the network
     */
    public boolean isImprobable(NodeId key, Collection<NodeId> nearest, long networkSize) {
        int count = Math.min(nearest.size(), MOST);
        return networkSize >= settings.smallestNetwork()
                && count >= FEWEST
                && divergence(key, nearest, networkSize) > settings.divergence() + settings.divergenceOfOne() / count;
    }

    /** Does the same for contacts. */
    public boolean isImprobableAmong(NodeId key, Collection<Contact> nearest, long networkSize) {
        return isImprobable(key, nearest.stream().map(Contact::nodeId).toList(), networkSize);
    }

    /**
     * Returns the divergence of the prefix lengths from the expected ones, in nats; 0 if the nodes are not denser than
     * expected.
     */
    double divergence(NodeId key, Collection<NodeId> nearest, long networkSize) {
        int longest = Long.SIZE - 1 - Long.numberOfLeadingZeros(networkSize) + BITS_BEYOND;
        int count = Math.min(nearest.size(), MOST);
        int[] found = new int[longest + 1];
        nearest.stream()
                .sorted(key.byDistance())
                .limit(MOST)
                .forEach(node -> found[Math.min(key.commonPrefixLength(node), longest)]++);
        double divergence = 0;
        double meanFound = 0;
        double meanExpected = 0;
        double beyond = count;
        for (int length = 0; length <= longest; length++) {
            double farther = length == longest ? 0 : expectedWithin(length + 1, count, networkSize);
            double expected = (beyond - farther) / count;
            double share = (double) found[length] / count;
            beyond = farther;
            meanExpected += expected * length;
            meanFound += share * length;
            divergence += share == 0 ? 0 : share * Math.log(share / Math.max(expected, LEAST_PROBABILITY));
        }
        return meanFound > meanExpected ? divergence : 0;
    }

    /**
     * Returns how many of the {@code count} nearest nodes are expected to share at least so many bits with a key: the
     * mean of a Poisson distribution that is cut off at the count.
     */
    private static double expectedWithin(int bits, int count, long networkSize) {
        double mean = Math.scalb((double) networkSize, -bits);
        if (mean > CERTAIN) {
            return count;
        }
        double probability = Math.exp(-mean);
        double fewer = 0;
        double expected = 0;
        for (int nodes = 0; nodes < count; nodes++) {
            fewer += probability;
            expected += nodes * probability;
            probability *= mean / (nodes + 1);
        }
        return expected + count * (1 - fewer);
    }

    /**
     * Returns how many leading bits the NodeIDs of a key's vicinity share with the key: that many that the vicinity is
     * expected to have between one and two times {@link RoutingSettings.Vicinity#nodes} honest nodes.
     */
    public int vicinityBits(long networkSize) {
        return Math.max(0, Long.SIZE - 1 - Long.numberOfLeadingZeros(Math.max(1, networkSize / settings.nodes())));
    }

    /** Returns those of the nodes that are in the key's vicinity, the farthest first. */
    public List<Contact> inVicinity(NodeId key, Collection<Contact> nodes, long networkSize) {
        int bits = vicinityBits(networkSize);
        return nodes.stream()
                .filter(node -> key.commonPrefixLength(node.nodeId()) >= bits)
                .sorted((a, b) -> key.compareDistance(b.nodeId(), a.nodeId()))
                .toList();
    }
}
