package io.a2al.core.api;

import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import java.util.List;

/**
 * What a node knows of the network, to be kept across a restart. Immutable; thread-safe.
 *
 * @param peers contacts at different endpoints, best first
 * @param size how many nodes the network seems to have
 */
public record KnownNetwork(List<Peer> peers, Size size) {

    /** Copies the list. */
    public KnownNetwork {
        peers = List.copyOf(peers);
    }

    /**
     * A contact.
     *
     * @param roundTripNanos the smoothed round-trip time in nanoseconds; 0 if unknown
     * @param heardUnixSeconds when it answered last; 0 if it never did, or that is forgotten
     */
    public record Peer(NodeId nodeId, Endpoint endpoint, long roundTripNanos, long heardUnixSeconds) {}

    /**
     * An estimate of the network's size.
     *
     * @param nodes number of nodes; 0 if unknown
     * @param unixSeconds when it was made
     */
    public record Size(long nodes, long unixSeconds) {

        /** No estimate. */
        public static final Size UNKNOWN = new Size(0, 0);
    }
}
