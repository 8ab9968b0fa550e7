package io.a2al.dht.debug;

import io.a2al.core.NodeStatistics;
import io.a2al.core.api.Reach;
import io.a2al.dht.DhtNode;
import io.a2al.dht.result.TrafficStatistics;

/**
 * The statistics that every node of the network shows, under the names given with each component (node.md section 9).
 * Components marked as unsigned are unsigned 64-bit numbers. All statistics of this node are {@link NodeStatistics}.
 * Immutable; thread-safe.
 *
 * @param rxPackets {@code rx_packets_verified}: datagrams that passed verification since the start; unsigned
 * @param txPackets {@code tx_packets}: datagrams handed to the network since the start; unsigned
 * @param rpcOk {@code rpc_completed}: own requests that were answered since the start; unsigned
 * @param totalPeers {@code total_peers}: contacts in the routing table that are not known to be dead
 * @param reach1h {@code reach_1h}: distinct peers that answered within the last hour
 * @param reach24h {@code reach_24h}: within the last 24 hours
 * @param reach7d {@code reach_7d}: within the last 7 days, those known from before the start included
 * @param estimatedNetworkSize {@code estimated_network_size}: estimated number of nodes; 0 before the first answer
 * @param uniqueNodesSinceStart {@code unique_nodes_since_start}: distinct peers that answered since the start; unsigned
 */
public record DebugStats(
        long rxPackets,
        long txPackets,
        long rpcOk,
        int totalPeers,
        int reach1h,
        int reach24h,
        int reach7d,
        long estimatedNetworkSize,
        long uniqueNodesSinceStart) {

    /** Returns the present statistics of a node. */
    public static DebugStats of(DhtNode node) {
        TrafficStatistics traffic = node.traffic();
        NodeStatistics statistics = node.statistics();
        Reach reach = node.peers().reach();
        return new DebugStats(
                traffic.accepted(),
                traffic.sent(),
                statistics.requests().answered(),
                statistics.table().alive(),
                reach.lastHour(),
                reach.lastDay(),
                reach.lastWeek(),
                statistics.table().estimatedNetworkSize(),
                reach.sinceStart());
    }
}
