package io.a2al.http.agents;

import io.a2al.dht.DhtNode;
import io.a2al.dht.result.NodeClosedException;
import io.a2al.dht.result.RefusedException;
import io.a2al.http.publish.OpenPublications;
import io.a2al.http.publish.OpenPublications.Named;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.TopicPayload;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the node publishes for itself, by its own agent. Thread-safe. */
final class NodePublishing {

    private static final Logger LOG = LoggerFactory.getLogger(AgentsApi.class);

    private static final String ENDPOINT = "endpoint";

    /** An endpoint that only has the key to seal mail with. */
    private static final EndpointPayload WITHOUT_URL = EndpointPayload.of(List.of());

    private final DhtNode node;
    private final OpenPublications open;

    NodePublishing(DhtNode node, OpenPublications open) {
        this.node = node;
        this.open = open;
    }

    /** Returns true for the address of the node, and of the agent that it acts for. */
    boolean isNode(Address address) {
        return address.equals(node.address()) || address.equals(node.agent().address());
    }

    /** Returns the latest endpoint record, if it is published. */
    Optional<SignedRecord> endpoint() {
        return open.find(ENDPOINT).map(named -> named.publication().state().record());
    }

    /** Publishes the endpoint anew: what was published, or else one without a URL; returns its sequence number. */
    long publishEndpoint() throws InterruptedException {
        Optional<Named> present = open.find(ENDPOINT);
        EndpointPayload payload = present.map(NodePublishing::payload).orElse(WITHOUT_URL);
        return publish(payload, present.filter(Named::isKept).isPresent());
    }

    private long publish(EndpointPayload payload, boolean keep) throws InterruptedException {
        return open.publish(payload, keep).publication().state().record().sequence();
    }

    private static EndpointPayload payload(Named named) {
        try {
            return EndpointPayload.decode(
                    named.publication().state().record().payload().orElseThrow());
        } catch (InvalidRecordException impossible) {
            throw new IllegalStateException("a published record has a valid payload", impossible);
        }
    }

    /** Publishes the endpoint, unless it is published already. */
    void begin() throws InterruptedException {
        if (open.find(ENDPOINT).isEmpty()) {
            var _ = publish(WITHOUT_URL, false);
        }
    }

    /** The same without waiting. */
    void beginLater() {
        if (open.find(ENDPOINT).isEmpty()) {
            var _ = Thread.ofVirtual().name("a2al-auto-publish").start(() -> {
                try {
                    begin();
                } catch (InterruptedException | NodeClosedException | RefusedException e) {
                    LOG.warn("the node's endpoint is not published: {}", e.getMessage());
                }
            });
        }
    }

    /** Ends publishing an endpoint without a URL; one that was given by hand stays. */
    void end() {
        open.find(ENDPOINT)
                .filter(named -> payload(named).endpoints().isEmpty())
                .ifPresent(named -> named.publication().close());
    }

    /** Publishes an entry under a topic. */
    void publish(TopicPayload payload) throws InterruptedException {
        var _ = open.publish(payload, false);
    }

    /** Ends an entry under a topic, if there is one. */
    void end(String topic) {
        open.find(OpenPublications.topicName(topic))
                .ifPresent(named -> named.publication().close());
    }
}
