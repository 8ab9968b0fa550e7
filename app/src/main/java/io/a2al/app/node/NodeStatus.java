package io.a2al.app.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.cli.Json;
import io.a2al.core.NodeStatistics;
import io.a2al.dht.DhtNode;
import java.util.Locale;

/**
 * The status line of a running node.
 *
 * @param peers contacts in the routing table
 * @param records records held for the network
 * @param requestsPerSecond requests received since the reading before
 */
record NodeStatus(int peers, int records, double requestsPerSecond) {

    ObjectNode toJson() {
        return Json.object().put("peers", peers).put("records", records).put("requests_per_second", requestsPerSecond);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "peers %d  records %d  requests %.1f/s", peers, records, requestsPerSecond);
    }

    /** Samples a node repeatedly; rates are over the time between two samples. */
    static final class Meter {

        private final DhtNode node;
        private long lastRequests;
        private long lastNanos;

        Meter(DhtNode node) {
            this.node = node;
            this.lastNanos = System.nanoTime();
        }

        NodeStatus read() {
            NodeStatistics statistics = node.statistics();
            long nanos = System.nanoTime();
            double seconds = Math.max(nanos - lastNanos, 1) / 1e9;
            double rate = (statistics.messages().requestsReceived() - lastRequests) / seconds;
            lastNanos = nanos;
            lastRequests = statistics.messages().requestsReceived();
            return new NodeStatus(
                    statistics.table().contacts().used(),
                    statistics.store().records().used(),
                    Math.round(rate * 10) / 10.0);
        }
    }
}
