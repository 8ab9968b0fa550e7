package io.a2al.bench.micro.cases;

import io.a2al.bench.sample.Samples;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.crypto.Signer;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Envelope;
import io.a2al.protocol.message.Header;
import io.a2al.protocol.message.MalformedMessageException;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageCodec;
import io.a2al.protocol.message.MessageType;
import io.a2al.protocol.message.ResponseBudget;
import io.a2al.protocol.message.TransactionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Encoding and decoding of messages, without signatures. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
public class PacketBenchmark {

    /** The type of the message. */
    @Param({"PING", "PONG", "FIND_NODE", "FIND_NODE_RESPONSE", "STORE"})
    public MessageType type = MessageType.PING;

    private final MessageCodec codec = new MessageCodec(Ed25519.preferred().newVerifier());
    private Message message = new Message.NatProbeEcho(Bytes.zeros(8));
    private Header header = Header.of(type, TransactionId.generate(new SplittableRandom(1)));
    private Signer noSignature = new NoSignature(Bytes.EMPTY);
    private byte[] datagram = {};

    /** A signer that writes no signature. */
    private record NoSignature(Bytes publicKey) implements Signer {
        @Override
        public void sign(byte[] bytes, int from, int to, byte[] target, int targetAt) {
            // The codec has reserved the space for the signature already.
        }
    }

    /** Creates the message. */
    @Setup
    public void setUp() {
        Samples samples = new Samples(1);
        Identity identity = samples.identity();
        Endpoint observed = samples.endpoint();
        List<Contact> contacts = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            contacts.add(samples.contact());
        }
        message = switch (type) {
            case PING -> new Message.Ping(identity.address());
            case PONG -> new Message.Pong(identity.address(), observed);
            case FIND_NODE -> new Message.FindNode(samples.nodeId());
            case FIND_NODE_RESPONSE ->
                new Message.FindNodeResponse(Optional.of(ResponseBudget.fit(contacts, observed)), observed);
            case STORE -> new Message.Store(Samples.endpointRecord(identity), Optional.empty());
            default -> throw new IllegalArgumentException("no sample of " + type);
        };
        noSignature = new NoSignature(identity.publicKey());
        header = Header.of(type, TransactionId.generate(new SplittableRandom(1)));
        datagram = codec.encodeToBytes(header, message, noSignature).toArray();
    }

    /** Encodes a message into a buffer that is reused. */
    @Benchmark
    public int encode() {
        return codec.encode(header, message, noSignature);
    }

    /** Decodes a datagram, including the two digests that derive the sender's NodeID. */
    @Benchmark
    public Envelope decode() throws MalformedMessageException {
        return codec.decode(datagram, datagram.length);
    }
}
