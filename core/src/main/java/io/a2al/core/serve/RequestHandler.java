package io.a2al.core.serve;

import io.a2al.core.api.AddressFamilies;
import io.a2al.core.api.Input;
import io.a2al.core.guard.RequestVerdict;
import io.a2al.core.liveness.PeerHealth;
import io.a2al.core.push.PushService;
import io.a2al.core.routing.Peers;
import io.a2al.core.routing.RoutingTable;
import io.a2al.core.rpc.Outbox;
import io.a2al.core.rpc.OwnAddressProofs;
import io.a2al.core.store.RecordStore;
import io.a2al.core.time.NodeTime;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Envelope;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageCodec;
import io.a2al.protocol.message.ResponseBudget;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.AbstractList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Answers requests (node.md section 4), always to the datagram's source and in the form that both protocol versions
 * understand. Not thread-safe.
 */
public final class RequestHandler {

    private final Address self;
    private final RoutingTable table;
    private final PeerHealth health;
    private final RecordStore store;
    private final Deposits deposits;
    private final PushService pushes;
    private final OwnAddressProofs proofs;
    private final RandomGenerator random;
    private final Outbox outbox;
    private final int pingBytes;

    public RequestHandler(
            Address self,
            Peers peers,
            RecordStore store,
            Deposits deposits,
            PushService pushes,
            RandomGenerator random,
            Outbox outbox) {
        this.self = self;
        this.table = peers.table();
        this.health = peers.health();
        this.store = store;
        this.deposits = deposits;
        this.pushes = pushes;
        this.proofs = peers.proofs();
        this.random = random;
        this.outbox = outbox;
        this.pingBytes = MessageCodec.encodedLength(new Message.Ping(self));
    }

    /**
     * Answers a request, if its type is one that has an answer.
     *
     * @param verdict what the guard decided about it
     * @param pingFollows true if the sender is to be pinged afterwards
     * @return true if it is worth verifying the sender's address: the answer is truncated because the address is
     *     unverified, or a record came that counts for all unverified addresses
     */
    public boolean onRequest(NodeTime now, Input.Received received, RequestVerdict verdict, boolean pingFollows) {
        Envelope envelope = received.envelope();
        Endpoint observed = verdict.source();
        AnswerRoom room = new AnswerRoom(verdict, pingFollows ? pingBytes : 0);
        Optional<Message> answer = switch (envelope.message()) {
            case Message.Ping ping -> Optional.of(new Message.Pong(self, observed));
            case Message.FindNode(NodeId target) ->
                Optional.of(new Message.FindNodeResponse(
                        Optional.of(room.fit(nearest(now, target, envelope, observed))), observed));
            case Message.FindValue question -> Optional.of(findValue(now, question, envelope, room, observed));
            case Message.Store request -> Optional.of(Message.StoreResponse.of(put(now, request, received, verdict)));
            default -> Optional.empty();
        };
        if (room.isTruncated()) {
            verdict.countTruncated();
        }
        if (answer.isPresent() && outbox.answer(verdict, envelope.transactionId(), answer.get())) {
            noteAnswered(now, envelope, answer.get(), observed);
        }
        return room.isTruncated()
                || (!received.records().isEmpty() && !verdict.origin().isProven());
    }

    private void noteAnswered(NodeTime now, Envelope envelope, Message answer, Endpoint observed) {
        proofs.make(envelope.senderId(), now.nanos());
        if (envelope.message() instanceof Message.FindValue question
                && question.subscribe()
                && answer instanceof Message.FindValueResponse response
                && !response.records().isEmpty()) {
            pushes.subscribe(now, question.target(), question.recordType(), envelope.senderAt(observed));
        }
    }

    private Message findValue(
            NodeTime now, Message.FindValue question, Envelope envelope, AnswerRoom room, Endpoint observed) {
        NodeId target = question.target();
        List<VerifiedRecord> valid = store.peekAll(target, question.recordType(), now.unixSeconds());
        ResponseBudget.Selection selection = room.fit(
                nearest(now, target, envelope, observed), recordsOf(valid), firstToServe(target, valid.size()));
        if (selection.records().size() < valid.size()) {
            store.setNextToServe(target, selection.next());
        }
        return new Message.FindValueResponse(
                Optional.of(selection.nodes()), Optional.empty(), observed, selection.records());
    }

    /**
     * Returns the index of the record that an answer begins with. The first one is drawn at random, because an asker
     * that sends one request to each of several holders would otherwise receive the same records from all of them.
     */
    private int firstToServe(NodeId key, int count) {
        return count < 2 ? 0 : store.nextToServe(key).orElseGet(() -> random.nextInt(count));
    }

    /** Returns a view, because topics have many records and an answer takes a few of them. */
    private static List<SignedRecord> recordsOf(List<VerifiedRecord> verified) {
        return new AbstractList<>() {
            @Override
            public SignedRecord get(int index) {
                return verified.get(index).record();
            }

            @Override
            public int size() {
                return verified.size();
            }
        };
    }

    /** Stores the record; the shell verified it, and left it out if it did not pass. */
    private boolean put(NodeTime now, Message.Store request, Input.Received received, RequestVerdict verdict) {
        NodeId key = request.wireKey().orElse(NodeId.ZERO);
        NodeId sender = received.envelope().senderId();
        return !received.records().isEmpty()
                && deposits.put(now, key, received.records().getFirst(), verdict, sender)
                        .isHeld();
    }

    /** Returns contacts that the asker can reach: those of the address family of its request. */
    private List<Contact> nearest(NodeTime now, NodeId target, Envelope asker, Endpoint source) {
        return table.nearest(
                target,
                RoutingTable.K,
                contact -> AddressFamilies.areSame(contact.endpoint(), source)
                        && !contact.nodeId().equals(asker.senderId())
                        && health.stateOf(contact.nodeId(), now.nanos()) != PeerHealth.State.BAD);
    }
}
