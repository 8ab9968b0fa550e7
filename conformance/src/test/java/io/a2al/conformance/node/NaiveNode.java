package io.a2al.conformance.node;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.crypto.Signer;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Envelope;
import io.a2al.protocol.message.Header;
import io.a2al.protocol.message.MalformedMessageException;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageCodec;
import io.a2al.protocol.message.TransactionId;
import io.a2al.protocol.record.RecordSlot;
import io.a2al.protocol.record.SignedRecord;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A node without precautions: it believes each source address, tells of contacts for ever, answers each request in
 * full, evicts the earliest record whatever its sender, has no limit of subscriptions, and sends a NAT probe's sender
 * three PINGs beside the echo. Reached over a {@link VirtualProbeNetwork}.
 */
final class NaiveNode implements NodeUnderTest {

    private static final int MAILBOX = 50;
    private static final int PINGS = 3;
    private static final long MEMORY = Duration.ofMinutes(3).toNanos();

    /** Records of an answer: few enough for a datagram. */
    private static final int SHOWN = 2;

    private final VirtualProbeNetwork network;
    private final boolean moves;
    private final SecureRandom random = new SecureRandom();
    private final Identity identity = Identity.generate(random);
    private final Signer signer = identity.newSigner();
    private final MessageCodec codec = new MessageCodec(Ed25519.preferred().newVerifier());
    private final Map<NodeId, Contact> contacts = new LinkedHashMap<>();
    private final Map<NodeId, Map<RecordSlot, SignedRecord>> records = new LinkedHashMap<>();
    private final Map<NodeId, List<Endpoint>> subscribers = new LinkedHashMap<>();
    private final Map<NodeId, Long> heardAt = new LinkedHashMap<>();
    private boolean forgets;
    private int answers;

    /**
     * A node.
     *
     * @param moves true if a contact moves to where its latest request came from; false if it stays where it was first
     */
    NaiveNode(VirtualProbeNetwork network, boolean moves) {
        this.network = network;
        this.moves = moves;
    }

    /** Lets this node forget contacts from which nothing came for three minutes. */
    NaiveNode forgetting() {
        forgets = true;
        return this;
    }

    @Override
    public void receive(Endpoint from, Bytes datagram) {
        try {
            Envelope envelope = codec.decode(datagram.toArray(), datagram.length());
            if (codec.verify(envelope) && !envelope.header().type().isResponse()) {
                Contact sender = envelope.senderAt(from);
                heardAt.put(sender.nodeId(), network.nanoTime());
                if (forgets) {
                    contacts.keySet().removeIf(id -> network.nanoTime() - heardAt.get(id) > MEMORY);
                }
                if (moves) {
                    contacts.put(sender.nodeId(), sender);
                } else {
                    contacts.putIfAbsent(sender.nodeId(), sender);
                }
                answerTo(from, envelope.message()).ifPresent(answer -> send(from, envelope.transactionId(), answer));
            }
        } catch (MalformedMessageException dropped) {
            // A node drops what it cannot read.
        }
    }

    private void send(Endpoint to, TransactionId transaction, Message message) {
        network.sendFromNode(to, codec.encodeToBytes(Header.of(message.type(), transaction), message, signer));
    }

    private void request(Endpoint to, Message message) {
        send(to, TransactionId.generate(random), message);
    }

    private Optional<Message> answerTo(Endpoint from, Message message) {
        return switch (message) {
            case Message.Ping ping -> Optional.of(new Message.Pong(identity.address(), from));
            case Message.FindNode question ->
                Optional.of(new Message.FindNodeResponse(Optional.of(nearest(question.target(), 8)), from));
            case Message.Store(SignedRecord record, Optional<NodeId> key) -> {
                store(key.orElse(NodeId.ofAddress(record.address())), record);
                yield Optional.of(Message.StoreResponse.of(true));
            }
            case Message.FindValue(NodeId key, int type, boolean subscribe) -> {
                if (subscribe) {
                    subscribers.computeIfAbsent(key, at -> new ArrayList<>()).add(from);
                }
                yield Optional.of(new Message.FindValueResponse(
                        Optional.of(nearest(key, 4)), Optional.empty(), from, shown(key)));
            }
            case Message.NatProbeRequest(Bytes token, Endpoint claimed) -> {
                request(claimed, new Message.NatProbeEcho(token));
                for (int i = 0; i < PINGS; i++) {
                    request(from, new Message.Ping(identity.address()));
                }
                yield Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    private List<Contact> nearest(NodeId target, int count) {
        return contacts.values().stream()
                .sorted(Comparator.comparing(Contact::nodeId, target.byDistance()))
                .limit(count)
                .toList();
    }

    private void store(NodeId key, SignedRecord record) {
        Map<RecordSlot, SignedRecord> held = records.computeIfAbsent(key, at -> new LinkedHashMap<>());
        held.put(RecordSlot.of(record), record);
        if (held.size() > MAILBOX) {
            SignedRecord earliest = held.values().stream()
                    .min(Comparator.comparingLong(SignedRecord::timestamp))
                    .orElseThrow();
            held.remove(RecordSlot.of(earliest));
        }
        subscribers.getOrDefault(key, List.of()).forEach(to -> request(to, new Message.Push(key, record)));
    }

    private List<SignedRecord> shown(NodeId key) {
        List<SignedRecord> all = List.copyOf(records.getOrDefault(key, Map.of()).values());
        int count = Math.min(SHOWN, all.size());
        List<SignedRecord> shown = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            shown.add(all.get((answers + i) % all.size()));
        }
        answers += count;
        return shown;
    }
}
