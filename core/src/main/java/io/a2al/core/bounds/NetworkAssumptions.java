package io.a2al.core.bounds;

/**
 * What a node takes for granted about other nodes and about networks, where several packages must take the same for
 * granted. Immutable; thread-safe.
 *
 * @param maxNodesUnverified the most nodes that fit into an answer within the amplification limit of an unverified
 *     address (known-defects D-04), which is three times the bytes of a request without padding, even if nothing was
 *     sent before; an answer with more nodes was not truncated
 * @param smallNetworkBucket a network counts as small if our neighbourhood begins at this bucket or before it; there
 *     are some 250 nodes at most then, all of them neighbours
 */
public record NetworkAssumptions(int maxNodesUnverified, int smallNetworkBucket) {

    /** Six nodes; bucket 3. */
    public static final NetworkAssumptions DEFAULT = new NetworkAssumptions(6, 3);
}
