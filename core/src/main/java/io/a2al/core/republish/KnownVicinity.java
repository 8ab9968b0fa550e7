package io.a2al.core.republish;

import io.a2al.core.guard.SubnetShare;
import io.a2al.core.routing.KeyDensity;
import io.a2al.core.routing.RoutingTable;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import java.util.List;
import java.util.function.Predicate;

/**
 * Judges by the routing table alone whether a key near this node is surrounded, and knows the nodes around it then. No
 * lookup confirms the verdict, so that the nearest nodes have to be dense even for a network twice as large as
 * estimated. Not thread-safe, as the table.
 *
 * @param table the routing table
 * @param answering which contacts answered their last request
 * @param subnets how many nodes of one network come before all others
 * @param density when a key looks surrounded
 */
record KnownVicinity(RoutingTable table, Predicate<Contact> answering, SubnetShare subnets, KeyDensity density) {

    /** How many times as large as estimated the network may be. */
    private static final int DOUBT = 2;

    /**
     * Returns the known nodes that are to hold the records of a key that looks surrounded, those of diverse networks
     * first; none if the key does not look so, or if this node is not around it.
     */
    List<Contact> of(NodeId key) {
        long size = table.networkSize();
        boolean inside = table.bucketIndex(key) >= density.vicinityBits(size);
        List<Contact> nearest = inside ? table.nearest(key, RoutingTable.K, answering) : List.of();
        if (!density.isImprobableAmong(key, nearest, DOUBT * size)) {
            return List.of();
        }
        List<Contact> known = table.nearest(key, density.settings().maxNodes(), answering);
        return subnets.diverseFirst(density.inVicinity(key, known, size));
    }
}
