package io.a2al.conformance.vectors;

import io.a2al.core.routing.RoutingTable;
import io.a2al.core.routing.RoutingTable.Evidence;
import io.a2al.core.routing.RoutingTable.Offer;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs one case of routing.json on a routing table. Not thread-safe. */
final class RoutingReplay {

    /** How {@code add} treats unverified contacts. */
    enum Style {
        /** As the reference implementation does: like verified ones, they change endpoints, cause PINGs and evict. */
        REFERENCE,
        /** As this implementation does: they take a free place in a bucket and do nothing else. */
        OURS
    }

    private final Fields vector;
    private final Style style;
    private final RoutingTable table;
    private final Map<String, Fields> nodes;
    private final Map<NodeId, String> labels = new LinkedHashMap<>();
    private long now;

    RoutingReplay(Fields vector, Style style) throws MalformedVectorException {
        this.vector = vector;
        this.style = style;
        // The NodeIDs of the vectors do not match their addresses, so this table must not require that.
        this.table = new RoutingTable(vector.nodeId("self"), contact -> true);
        this.nodes = vector.objectsByName("nodes");
        for (Map.Entry<String, Fields> node : nodes.entrySet()) {
            if (isNode(node.getValue())) {
                labels.put(node.getValue().nodeId("node_id"), node.getKey());
            }
        }
    }

    private static boolean isNode(Fields node) throws MalformedVectorException {
        return node.hex("node_id").length() == NodeId.LENGTH;
    }

    void run() throws MismatchException, UnsupportedCaseException, MalformedVectorException {
        for (Fields op : vector.objects("ops")) {
            now++;
            switch (op.text("op")) {
                case "add" -> add(op);
                case "remove" -> table.remove(nodeId(op));
                case "all" -> {
                    equal(op, "nodes", labels(op, "nodes"), labels(table.contacts()));
                    equal(op, "len", op.number("len"), table.size());
                }
                case "nearest" ->
                    equal(
                            op,
                            "nodes",
                            labels(op, "nodes"),
                            labels(table.nearest(op.nodeId("target"), op.number("n"), contact -> true)));
                case "entry" -> entry(op);
                case "oldest_in_bucket_of" -> oldest(op);
                case "estimated_network_size" ->
                    equal(op, "size", op.text("size"), Long.toString(table.estimateNetworkSize()));
                case String other -> throw new UnsupportedCaseException("unknown operation " + other);
            }
        }
    }

    private static void equal(Fields op, String field, Object expected, Object actual) throws MismatchException {
        Expect.equal(field + " of " + op, expected, actual);
    }

    // ---- add --------------------------------------------------------------------------------------------------

    private void add(Fields op) throws MismatchException, MalformedVectorException {
        Optional<String> pinged = Optional.empty();
        boolean added = false;
        Fields node = node(op);
        // A node whose NodeID has the wrong length cannot be represented, so it is never added.
        if (isNode(node)) {
            Evidence evidence = op.bool("trusted") ? Evidence.VERIFIED : Evidence.REPORTED;
            Offer offer = offer(op, node, evidence);
            added = offer == Offer.INSERTED || offer == Offer.KNOWN;
            boolean hasPing = vector.text("ping").equals("callback");
            boolean translated = style == Style.REFERENCE || evidence == Evidence.VERIFIED;
            if (offer == Offer.FULL && hasPing && translated) {
                NodeId oldest = table.oldestInBucketOf(nodeId(op)).orElseThrow().nodeId();
                pinged = Optional.ofNullable(labels.get(oldest));
                if (!op.bool("lru_answers")) {
                    table.remove(oldest);
                    added = offer(op, node, evidence) == Offer.INSERTED;
                }
            }
        }
        equal(op, "pinged", op.optionalText("pinged"), pinged);
        equal(op, "result", op.bool("result"), added);
    }

    private Offer offer(Fields op, Fields node, Evidence evidence) throws MalformedVectorException {
        NodeId nodeId = nodeId(op);
        Bytes ip = (op.has("ip") ? op : node).hex("ip");
        int port = (op.has("port") ? op : node).number("port");
        boolean known = table.find(nodeId).isPresent();
        boolean moves = evidence == Evidence.VERIFIED || style == Style.REFERENCE;
        if (known && (evidence == Evidence.REPORTED || ip.isEmpty() || port == 0) && moves) {
            // To the reference any mention is a sign of life, and an endpoint that cannot be dialled changes nothing.
            table.touch(nodeId);
            return Offer.KNOWN;
        }
        return table.offer(
                new Contact(node.address("address"), nodeId, Endpoint.of(ip.toArray(), port)), evidence, now);
    }

    // ---- queries ----------------------------------------------------------------------------------------------

    private void entry(Fields op) throws MismatchException, MalformedVectorException {
        Optional<Bytes> ip = op.optionalHex("ip");
        Optional<Endpoint> expected = ip.isEmpty()
                ? Optional.empty()
                : Optional.of(Endpoint.of(ip.get().toArray(), op.number("port")));
        equal(op, "endpoint", expected, table.find(nodeId(op)).map(Contact::endpoint));
    }

    private void oldest(Fields op) throws MismatchException, MalformedVectorException {
        NodeId nodeId = nodeId(op);
        int index = op.number("bucket_index");
        equal(
                op,
                "oldest",
                op.optionalText("oldest"),
                table.oldestInBucketOf(nodeId).map(this::label));
        equal(op, "bucket_index", index, table.bucketIndex(nodeId));
        equal(op, "bucket_len", op.number("bucket_len"), table.bucketSize(index));
        equal(op, "contains", op.bool("contains"), table.find(nodeId).isPresent());
    }

    // ---- nodes and labels -------------------------------------------------------------------------------------

    private Fields node(Fields op) throws MalformedVectorException {
        Fields node = nodes.get(op.text("node"));
        if (node == null) {
            throw op.malformed("node", "no node with this label");
        }
        return node;
    }

    private NodeId nodeId(Fields op) throws MalformedVectorException {
        return node(op).nodeId("node_id");
    }

    private String label(Contact contact) {
        return labels.getOrDefault(contact.nodeId(), "?");
    }

    private List<String> labels(List<Contact> contacts) {
        List<String> names = new ArrayList<>();
        contacts.forEach(contact -> names.add(label(contact)));
        return names;
    }

    private static List<String> labels(Fields op, String field) throws MalformedVectorException {
        return op.texts(field).orElse(List.of());
    }
}
