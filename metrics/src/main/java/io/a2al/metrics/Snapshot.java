package io.a2al.metrics;

import io.a2al.core.NodeStatistics;
import io.a2al.dht.DhtNode;
import io.a2al.dht.result.CallbackStatistics;
import io.a2al.dht.result.DiskStatistics;
import io.a2al.dht.result.PublicationStatistics;
import io.a2al.dht.result.TaskStatistics;
import io.a2al.dht.result.TrafficStatistics;

/** All numbers of a node, read at one time. */
record Snapshot(
        NodeStatistics node,
        PublicationStatistics publications,
        TrafficStatistics traffic,
        DiskStatistics disk,
        CallbackStatistics callbacks,
        TaskStatistics tasks) {

    static Snapshot of(DhtNode node) {
        return new Snapshot(
                node.statistics(),
                node.publications().statistics(),
                node.traffic(),
                node.diskStatistics(),
                node.callbackStatistics(),
                node.taskStatistics());
    }
}
