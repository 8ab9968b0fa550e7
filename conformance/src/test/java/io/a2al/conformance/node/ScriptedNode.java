package io.a2al.conformance.node;

import io.a2al.dht.transport.Endpoints;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.crypto.Signer;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Envelope;
import io.a2al.protocol.message.Header;
import io.a2al.protocol.message.MalformedMessageException;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageCodec;
import io.a2al.protocol.record.SignedRecord;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * A node on the loopback interface that answers PING, STORE and FIND_VALUE, and keeps the last record of each address.
 * It says what it is told to say to a STORE.
 */
final class ScriptedNode implements AutoCloseable {

    private final Identity identity = Identity.generate(new SecureRandom());
    private final Signer signer = identity.newSigner();
    private final MessageCodec codec = new MessageCodec(Ed25519.preferred().newVerifier());
    private final Map<NodeId, SignedRecord> records = new HashMap<>();
    private final BiFunction<Optional<SignedRecord>, SignedRecord, Boolean> answerToStore;
    private final DatagramSocket socket;
    private final Thread thread;

    /** Receives the record held before, if any, and the one offered, and returns the answer. */
    ScriptedNode(BiFunction<Optional<SignedRecord>, SignedRecord, Boolean> answerToStore) throws IOException {
        this.answerToStore = answerToStore;
        this.socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        this.thread = Thread.ofPlatform().daemon().start(this::run);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    private void run() {
        byte[] buffer = new byte[2048];
        while (!socket.isClosed()) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(packet);
                answer(packet);
            } catch (MalformedMessageException | IOException dropped) {
                // A node drops what it cannot read; a closed socket ends the loop.
            }
        }
    }

    private void answer(DatagramPacket packet) throws MalformedMessageException, IOException {
        Envelope envelope = codec.decode(packet.getData(), packet.getLength());
        Endpoint observed = Endpoints.of((InetSocketAddress) packet.getSocketAddress());
        Optional<Message> answer = answerTo(envelope.message(), observed);
        if (answer.isPresent()) {
            Header header = Header.of(answer.get().type(), envelope.transactionId());
            byte[] bytes = codec.encodeToBytes(header, answer.get(), signer).toArray();
            socket.send(new DatagramPacket(bytes, bytes.length, packet.getSocketAddress()));
        }
    }

    private Optional<Message> answerTo(Message message, Endpoint observed) {
        return switch (message) {
            case Message.Ping ping -> Optional.of(new Message.Pong(identity.address(), observed));
            case Message.Store(SignedRecord record, Optional<NodeId> key) -> {
                NodeId at = NodeId.ofAddress(record.address());
                Optional<SignedRecord> before = Optional.ofNullable(records.put(at, record));
                yield Optional.of(Message.StoreResponse.of(answerToStore.apply(before, record)));
            }
            case Message.FindValue question -> {
                List<SignedRecord> found = new ArrayList<>();
                Optional.ofNullable(records.get(question.target())).ifPresent(found::add);
                yield Optional.of(
                        new Message.FindValueResponse(Optional.of(List.of()), Optional.empty(), observed, found));
            }
            default -> Optional.empty();
        };
    }

    @Override
    public void close() throws IOException {
        socket.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new InterruptedIOException("interrupted while a scripted node ended");
        }
    }
}
