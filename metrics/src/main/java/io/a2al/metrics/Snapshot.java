package io.a2al.metrics;

import io.a2al.core.NodeStatistics;
import io.a2al.core.bounds.Occupancy;
import io.a2al.dht.DhtNode;
import io.a2al.dht.result.CallbackStatistics;
import io.a2al.dht.result.DiskStatistics;
import io.a2al.dht.result.LookupStatistics;
import io.a2al.dht.result.PublicationStatistics;
import io.a2al.dht.result.TaskStatistics;
import io.a2al.dht.result.TrafficStatistics;
import java.util.Map;

/**
 * All numbers of a node, read at one time.
 *
 * @param parts the bounded parts of {@code node}, which are found by looking through it
 */
record Snapshot(
        NodeStatistics node,
        Map<String, Occupancy> parts,
        PublicationStatistics publications,
        TrafficStatistics traffic,
        LookupStatistics lookups,
        DiskStatistics disk,
        CallbackStatistics callbacks,
        TaskStatistics tasks) {

    static Snapshot of(DhtNode node) {
        NodeStatistics statistics = node.statistics();
        return new Snapshot(
                statistics,
                statistics.occupancies(),
                node.publications().statistics(),
                node.traffic(),
                node.lookupStatistics(),
                node.diskStatistics(),
                node.callbackStatistics(),
                node.taskStatistics());
    }
}
