package io.a2al.core;

import io.a2al.core.routing.PeerHealth;
import io.a2al.core.routing.RoutingTable;
import io.a2al.core.store.RecordStore;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Envelope;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.ResponseBudget;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.List;
import java.util.Optional;

/**
 * Answers requests (node.md section 4), always at the datagram's source and in the form that both generations understand.
 * Not thread-safe.
 */
final class RequestHandler {

    private final Address self;
    private final RoutingTable table;
    private final PeerHealth health;
    private final RecordStore store;
    private final RecordIntake intake;
    private final PushService pushes;
    private final Introductions introductions;
    private final Outbox outbox;

    RequestHandler(
            Address self,
            RoutingTable table,
            PeerHealth health,
            RecordStore store,
            RecordIntake intake,
            PushService pushes,
            Introductions introductions,
            Outbox outbox) {
        this.self = self;
        this.table = table;
        this.health = health;
        this.store = store;
        this.intake = intake;
        this.pushes = pushes;
        this.introductions = introductions;
        this.outbox = outbox;
    }

    /** Answers a request, if its kind is one that is answered. */
    void onRequest(Moment now, Input.Received received) {
        Envelope envelope = received.envelope();
        Endpoint observed = received.from().unmapped();
        Optional<Message> answer = switch (envelope.message()) {
            case Message.Ping ping -> Optional.of(new Message.Pong(self, observed));
            case Message.FindNode(NodeId target) ->
                Optional.of(new Message.FindNodeResponse(
                        Optional.of(ResponseBudget.fit(nearest(now, target, envelope), observed)), observed));
            case Message.FindValue question -> Optional.of(findValue(now, question, envelope, observed));
            case Message.Store request -> Optional.of(Message.StoreResponse.of(put(now, request, received)));
            default -> Optional.empty();
        };
        answer.ifPresent(message -> outbox.send(received.from(), envelope.transactionId(), message));
        if (envelope.message() instanceof Message.Ping) {
            introductions.make(envelope.senderId(), now.nanos());
        }
    }

    private Message findValue(Moment now, Message.FindValue question, Envelope envelope, Endpoint observed) {
        NodeId target = question.target();
        List<SignedRecord> held = store.peekAll(target, question.recordType(), now.unixSeconds()).stream()
                .map(VerifiedRecord::record)
                .toList();
        ResponseBudget.Selection selection =
                ResponseBudget.fit(nearest(now, target, envelope), held, observed, store.nextToServe(target));
        store.setNextToServe(target, selection.next());
        if (question.subscribe() && !selection.records().isEmpty()) {
            pushes.subscribe(now, target, question.recordType(), envelope.senderAt(observed));
        }
        return new Message.FindValueResponse(
                Optional.of(selection.nodes()), Optional.empty(), observed, selection.records());
    }

    /** The shell verified the record; if it did not pass, there is none here. */
    private boolean put(Moment now, Message.Store request, Input.Received received) {
        NodeId key = request.wireKey().orElse(NodeId.ZERO);
        Optional<NodeId> from = Optional.of(received.envelope().senderId());
        return !received.records().isEmpty()
                && intake.put(now, key, received.records().getFirst(), from).isHeld();
    }

    private List<Contact> nearest(Moment now, NodeId target, Envelope asker) {
        return table.nearest(
                target,
                RoutingTable.K,
                contact -> !contact.nodeId().equals(asker.senderId())
                        && health.stateOf(contact.nodeId(), now.nanos()) != PeerHealth.State.BAD);
    }
}
