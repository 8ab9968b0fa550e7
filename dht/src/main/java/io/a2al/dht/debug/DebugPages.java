package io.a2al.dht.debug;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import io.a2al.core.api.StoredRecord;
import io.a2al.dht.DhtNode;
import io.a2al.dht.transport.Endpoints;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * The debug pages as JSON (node.md section 16): indented by two spaces, with a newline at the end, and {@code null} for
 * empty lists; for a server of the application's own. {@link DebugHttpHandler} serves them by the JDK's server.
 * Thread-safe.
 */
public final class DebugPages {

    /** Between two pages of the store; a quarter of a second in all for a full one. */
    private static final long PAUSE_NANOS = 100_000;

    /** One page. */
    public static final class Page {

        private final Content content;
        private final boolean isDump;

        private Page(Content content, boolean isDump) {
            this.content = content;
            this.isDump = isDump;
        }

        /**
         * Returns true if its length depends on the records of the store: writing it keeps a processor busy, so that
         * one should be written at a time.
         */
        public boolean isDump() {
            return isDump;
        }

        /** Writes the page as it is now, and closes {@code out}. */
        public void writeTo(OutputStream out) throws IOException {
            try (JsonGenerator json = JSON.createGenerator(out)) {
                json.setPrettyPrinter(LAYOUT.createInstance());
                content.writeTo(json);
                json.writeRaw('\n');
            }
        }
    }

    /** Writes the JSON of a page. */
    @FunctionalInterface
    private interface Content {
        void writeTo(JsonGenerator json) throws IOException;
    }

    private static final JsonFactory JSON = new JsonFactory();
    private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");
    private static final DefaultPrettyPrinter LAYOUT = new DefaultPrettyPrinter(
                    Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER))
            .withObjectIndenter(INDENT)
            .withArrayIndenter(INDENT);

    private final DhtNode node;
    private final Map<String, Page> pages;

    /** The pages of a node. */
    public DebugPages(DhtNode node) {
        this.node = Objects.requireNonNull(node, "node");
        this.pages = Map.of(
                "/debug/identity", new Page(this::identity, false),
                "/debug/routing", new Page(this::routing, false),
                "/debug/store", new Page(this::store, true),
                "/debug/stats", new Page(this::stats, false),
                "/debug/node", new Page(this::everything, false));
    }

    /** Returns the page at a path such as {@code /debug/stats}; empty if there is none. */
    public Optional<Page> at(String path) {
        return Optional.ofNullable(pages.get(path));
    }

    private void identity(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("address", node.address().toString());
        json.writeStringField("node_id_hex", node.nodeId().toHex());
        json.writeStringField("local_addr", Endpoints.text(node.localEndpoint()));
        json.writeEndObject();
    }

    private void routing(JsonGenerator json) throws IOException {
        List<RoutingRow> rows = RoutingRow.of(node);
        json.writeStartObject();
        json.writeStringField("self_node_id_hex", node.nodeId().toHex());
        json.writeFieldName("peers");
        if (rows.isEmpty()) {
            json.writeNull();
        } else {
            json.writeStartArray();
            for (RoutingRow row : rows) {
                json.writeStartObject();
                json.writeNumberField("bucket", row.bucket());
                json.writeStringField("xor_distance_to_self_hex", row.distanceHex());
                json.writeStringField("address_hex", row.addressHex());
                json.writeStringField("node_id_hex", row.nodeIdHex());
                json.writeStringField("ip", row.ip());
                json.writeNumberField("port", row.port());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeNumberField("total_peers", rows.size());
        json.writeEndObject();
    }

    /** Writes page by page, as there may be very many records, and the node works between two pages. */
    private void store(JsonGenerator json) throws IOException {
        boolean begun = false;
        Iterator<List<StoredRecord>> pages = node.store().pages();
        while (pages.hasNext()) {
            for (StoredRecord stored : pages.next()) {
                if (!begun) {
                    json.writeStartArray();
                    begun = true;
                }
                writeRow(json, StoreRow.of(stored));
            }
            // The lock of the core is not fair: threads that wait for it go first.
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        if (begun) {
            json.writeEndArray();
        } else {
            json.writeNull();
        }
    }

    private static void writeRow(JsonGenerator json, StoreRow row) throws IOException {
        json.writeStartObject();
        json.writeStringField("key_node_id_hex", row.keyHex());
        json.writeStringField("address_hex", row.addressHex());
        json.writeNumberField("rec_type", row.type());
        writeUnsigned(json, "seq", row.sequence());
        writeUnsigned(json, "timestamp", row.timestamp());
        writeUnsigned(json, "ttl_seconds", row.ttlSeconds());
        json.writeNumberField("payload_cbor_len", row.payloadLength());
        json.writeEndObject();
    }

    private void stats(JsonGenerator json) throws IOException {
        DebugStats stats = DebugStats.of(node);
        json.writeStartObject();
        writeUnsigned(json, "rx_packets_verified", stats.rxPackets());
        writeUnsigned(json, "tx_packets", stats.txPackets());
        writeUnsigned(json, "rpc_completed", stats.rpcOk());
        json.writeNumberField("total_peers", stats.totalPeers());
        json.writeNumberField("reach_1h", stats.reach1h());
        json.writeNumberField("reach_24h", stats.reach24h());
        json.writeNumberField("reach_7d", stats.reach7d());
        json.writeNumberField("estimated_network_size", stats.estimatedNetworkSize());
        writeUnsigned(json, "unique_nodes_since_start", stats.uniqueNodesSinceStart());
        json.writeEndObject();
    }

    /** Writes all statistics of this node; a page that the original nodes do not have. */
    private void everything(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeFieldName("traffic");
        RecordJson.write(json, node.traffic());
        json.writeFieldName("statistics");
        RecordJson.write(json, node.statistics());
        json.writeFieldName("publications");
        RecordJson.write(json, node.publications().statistics());
        json.writeFieldName("callbacks");
        RecordJson.write(json, node.callbackStatistics());
        json.writeFieldName("tasks");
        RecordJson.write(json, node.taskStatistics());
        json.writeFieldName("disk");
        RecordJson.write(json, node.diskStatistics());
        json.writeEndObject();
    }

    private static void writeUnsigned(JsonGenerator json, String name, long value) throws IOException {
        json.writeFieldName(name);
        json.writeNumber(Long.toUnsignedString(value));
    }
}
