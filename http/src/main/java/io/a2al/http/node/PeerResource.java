package io.a2al.http.node;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.core.api.Subnet;
import io.a2al.dht.DhtNode;
import io.a2al.dht.transport.Endpoints;
import io.a2al.http.route.ApiException;
import io.a2al.http.route.ApiRequest;
import io.a2al.http.route.ApiResult;
import io.a2al.http.route.Json;
import io.a2al.http.route.Router;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The contacts in the routing table, nearest first, in pages. Thread-safe. */
public final class PeerResource {

    private static final int IPV4_LENGTH = 4;
    private static final int IPV6_LENGTH = 16;

    private final DhtNode node;

    /** Paths about the peers of {@code node}. */
    public PeerResource(DhtNode node) {
        this.node = node;
    }

    /** Adds the path. */
    public void addTo(Router.Builder routes) {
        routes.get("/v1/peers", this::peers, "after", "limit");
    }

    private ApiResult peers(ApiRequest request) throws ApiException {
        int limit = Page.limit(request);
        Optional<NodeId> after = request.queryNodeId("after");
        NodeId self = node.nodeId();
        List<Contact> rest = node.contacts().stream()
                .filter(contact -> after.isEmpty() || self.compareDistance(after.get(), contact.nodeId()) < 0)
                .sorted(Comparator.comparing(Contact::nodeId, self.byDistance()))
                .toList();
        List<Contact> page = rest.subList(0, Math.min(limit, rest.size()));
        ObjectNode json = Json.object();
        ArrayNode peers = json.putArray("peers");
        page.forEach(contact -> write(peers.addObject(), contact));
        return ApiResult.json(json.put(
                "next", page.size() < rest.size() ? page.getLast().nodeId().toHex() : null));
    }

    /** Returns all contacts, nearest first. */
    public ObjectNode all() {
        ObjectNode json = Json.object();
        ArrayNode peers = json.putArray("peers");
        NodeId self = node.nodeId();
        node.contacts().stream()
                .sorted(Comparator.comparing(Contact::nodeId, self.byDistance()))
                .forEach(contact -> write(peers.addObject(), contact));
        return json;
    }

    /** Returns the network that is in one hand as far as one can tell, by its first address and its prefix length. */
    private static String network(Endpoint endpoint) {
        byte[] prefix = Subnet.of(endpoint).prefix().toArray();
        byte[] address = Arrays.copyOf(prefix, prefix.length <= IPV4_LENGTH ? IPV4_LENGTH : IPV6_LENGTH);
        try {
            return InetAddress.getByAddress(address).getHostAddress() + "/" + prefix.length * Byte.SIZE;
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + address.length + " bytes", e);
        }
    }

    private void write(ObjectNode row, Contact contact) {
        row.put("node_id", contact.nodeId().toHex())
                .put("address", contact.address().toString())
                .put("endpoint", Endpoints.text(contact.endpoint()))
                .put("network", network(contact.endpoint()))
                .put("bucket", node.nodeId().commonPrefixLength(contact.nodeId()))
                .put("health", Json.name(node.peers().healthOf(contact.nodeId())))
                .put(
                        "round_trip_ms",
                        node.peers()
                                .roundTripTo(contact.nodeId())
                                .map(time -> time.toNanos() / 1e6)
                                .orElse(null));
    }
}
