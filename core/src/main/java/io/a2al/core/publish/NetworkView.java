package io.a2al.core.publish;

import io.a2al.core.routing.RoutingTable;
import io.a2al.core.rpc.PeerVersions;
import io.a2al.protocol.id.NodeId;

/** What a publisher has to know about the network as a whole. */
public interface NetworkView {

    /** Returns the estimated number of nodes; 0 before any has answered. */
    long size();

    /** Returns true if the node has shown that it understands the newer protocol version. */
    boolean isNewer(NodeId node);

    /** Returns what this node knows. */
    static NetworkView of(RoutingTable table, PeerVersions versions) {
        return new NetworkView() {
            @Override
            public long size() {
                return table.networkSize();
            }

            @Override
            public boolean isNewer(NodeId node) {
                return versions.isNewer(node);
            }
        };
    }
}
