package io.a2al.core.publish;

import io.a2al.core.routing.KeyDensity;
import io.a2al.core.routing.RoutingTable;
import io.a2al.core.rpc.PeerVersions;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import java.util.List;

/** What a publisher has to know about the network as a whole. */
public interface NetworkView {

    /** Returns the estimated number of nodes; 0 before any has answered. */
    long size();

    /** Returns true if the node has shown that it understands the newer protocol version. */
    boolean isNewer(NodeId node);

    /** Returns true if the nodes nearest to a key, among these, are improbably dense. */
    default boolean looksSurrounded(NodeId key, List<Contact> nodes) {
        return false;
    }

    /** Returns what this node knows. */
    static NetworkView of(RoutingTable table, PeerVersions versions, KeyDensity density) {
        return new NetworkView() {
            @Override
            public boolean looksSurrounded(NodeId key, List<Contact> nodes) {
                return density.isImprobableAmong(key, nodes, size());
            }

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
