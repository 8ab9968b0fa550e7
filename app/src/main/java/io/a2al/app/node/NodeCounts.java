package io.a2al.app.node;

import io.a2al.core.NodeStatistics;
import io.a2al.dht.DhtNode;

/**
 * The numbers of a running node that its status is made of.
 *
 * @param peers contacts in the routing table that are not known to be dead
 * @param records records held for the network
 * @param requests requests received since the start
 */
record NodeCounts(int peers, int records, long requests) {

    /** Returns the present numbers of a node. */
    static NodeCounts of(DhtNode node) {
        NodeStatistics statistics = node.statistics();
        return new NodeCounts(
                statistics.table().alive(),
                statistics.store().records().used(),
                statistics.messages().requestsReceived());
    }

    /** Returns the status with this rate of requests, in requests per second. */
    NodeStatus at(double rate) {
        return new NodeStatus(peers, records, Math.round(rate * 10) / 10.0);
    }
}
