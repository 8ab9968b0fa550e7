package io.a2al.http.node;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.core.api.StoredRecord;
import io.a2al.dht.DhtNode;
import io.a2al.http.route.ApiException;
import io.a2al.http.route.ApiRequest;
import io.a2al.http.route.ApiResult;
import io.a2al.http.route.ErrorCode;
import io.a2al.http.route.Json;
import io.a2al.http.route.Router;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.SignedRecord;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/**
 * The records that the node holds, by key, in pages. A page has all records of its keys, so that it may be longer than
 * asked for. Without a key the whole store is read for each page, a few keys at a time, and by one request at a time.
 * Thread-safe.
 */
public final class StoreResource {

    /** Between two readings of the store, so that the node works meanwhile. */
    private static final long PAUSE_NANOS = 100_000;

    private static final int MAX_TYPE = 0xff;
    private static final String RETRY_AFTER = "1";

    private final DhtNode node;
    private final Semaphore reading = new Semaphore(1);

    /** Paths about the store of {@code node}. */
    public StoreResource(DhtNode node) {
        this.node = node;
    }

    /** Adds the path. */
    public void addTo(Router.Builder routes) {
        routes.get("/v1/store", this::records, "address", "after", "key", "limit", "type");
    }

    /** Which records are asked for. */
    private record Filter(int type, Optional<Address> address, Optional<NodeId> after) {

        boolean accepts(SignedRecord record) {
            return (type == RecordType.ANY || record.type() == type)
                    && (address.isEmpty() || record.address().equals(address.get()));
        }

        boolean accepts(NodeId key) {
            return after.isEmpty() || key.compareTo(after.get()) > 0;
        }
    }

    private ApiResult records(ApiRequest request) throws ApiException {
        int limit = Page.limit(request);
        Optional<String> address = request.query("address");
        Filter filter = new Filter(
                request.queryInteger("type", RecordType.ANY, MAX_TYPE).orElse(RecordType.ANY),
                address.isPresent() ? Optional.of(ApiRequest.address("address", address.get())) : Optional.empty(),
                request.queryNodeId("after"));
        Optional<NodeId> key = request.queryNodeId("key");
        NavigableMap<NodeId, List<SignedRecord>> found =
                key.isPresent() ? at(key.get(), filter) : readAlone(filter, limit + 1);
        return ApiResult.json(page(found, limit));
    }

    private NavigableMap<NodeId, List<SignedRecord>> at(NodeId key, Filter filter) {
        NavigableMap<NodeId, List<SignedRecord>> found = new TreeMap<>();
        node.store().get(key, filter.type()).stream()
                .filter(_ -> filter.accepts(key))
                .filter(verified -> filter.accepts(verified.record()))
                .forEach(verified ->
                        found.computeIfAbsent(key, _ -> new ArrayList<>()).add(verified.record()));
        return found;
    }

    private NavigableMap<NodeId, List<SignedRecord>> readAlone(Filter filter, int wanted) throws ApiException {
        if (!reading.tryAcquire()) {
            throw ApiException.of(ErrorCode.UNAVAILABLE, "the store is being read for another request; repeat later")
                    .withHeader("Retry-After", RETRY_AFTER);
        }
        try {
            return read(filter, wanted);
        } finally {
            reading.release();
        }
    }

    /** Keeps the first keys only that together have as many records as wanted. */
    private NavigableMap<NodeId, List<SignedRecord>> read(Filter filter, int wanted) {
        NavigableMap<NodeId, List<SignedRecord>> found = new TreeMap<>();
        int count = 0;
        Iterator<List<StoredRecord>> pages = node.store().pages();
        while (pages.hasNext()) {
            for (StoredRecord stored : pages.next()) {
                if (filter.accepts(stored.key())
                        && filter.accepts(stored.record().record())) {
                    found.computeIfAbsent(stored.key(), _ -> new ArrayList<>())
                            .add(stored.record().record());
                    count++;
                }
            }
            while (count > wanted && count - found.lastEntry().getValue().size() >= wanted) {
                count -= found.pollLastEntry().getValue().size();
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return found;
    }

    private static ObjectNode page(NavigableMap<NodeId, List<SignedRecord>> found, int limit) {
        ObjectNode json = Json.object();
        ArrayNode records = json.putArray("records");
        NodeId last = NodeId.ZERO;
        while (!found.isEmpty() && records.size() < limit) {
            var entry = found.pollFirstEntry();
            last = entry.getKey();
            entry.getValue().forEach(record -> write(records.addObject(), entry.getKey(), record));
        }
        return json.put("next", found.isEmpty() ? null : last.toHex());
    }

    private static void write(ObjectNode row, NodeId key, SignedRecord record) {
        row.put("key", key.toHex()).put("address", record.address().toString()).put("type", record.type());
        Json.putUnsigned(row, "seq", record.sequence());
        Json.putUnsigned(row, "timestamp", record.timestamp());
        row.put("ttl_seconds", record.ttl())
                .put("payload_bytes", record.payload().map(Bytes::length).orElse(0));
    }
}
