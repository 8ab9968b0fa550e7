package io.a2al.app.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.cli.Json;
import java.util.Locale;

/**
 * The status line of a running node.
 *
 * @param peers contacts in the routing table
 * @param records records held for the network
 * @param requestsPerSecond requests received per second since the status before
 */
record NodeStatus(int peers, int records, double requestsPerSecond) {

    ObjectNode toJson() {
        return Json.object().put("peers", peers).put("records", records).put("requests_per_second", requestsPerSecond);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "peers %d  records %d  requests %.1f/s", peers, records, requestsPerSecond);
    }
}
