package io.a2al.bench.sample;

import io.a2al.core.NodeCore;
import io.a2al.core.NodeSettings;
import io.a2al.core.api.Effect;
import io.a2al.core.api.Input;
import io.a2al.core.time.ShellTime;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Envelope;
import io.a2al.protocol.message.Header;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.TransactionId;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A core without threads, sockets and signatures, and peers that send messages to it. Its time is always {@link #NOW}.
 * Not thread-safe.
 */
public final class SampleNode {

    /** The time of everything. */
    public static final ShellTime NOW = new ShellTime(0, Samples.NOW);

    /** Length of each received datagram in bytes; sufficient for the amplification limit. */
    private static final int LENGTH = 160;

    /** A peer that sends messages to the node. */
    public record Peer(Identity identity, Endpoint endpoint) {}

    private final Samples samples;
    private final SplittableRandom random = new SplittableRandom(2);
    private final Identity self;
    private final NodeCore core;

    /** Creates a node without contacts. */
    public SampleNode(NodeSettings settings, Samples samples) {
        this.samples = samples;
        this.self = samples.identity();
        this.core = new NodeCore(settings, self.address(), new SplittableRandom(1), NOW);
    }

    /** Returns the core of the node. */
    public NodeCore core() {
        return core;
    }

    /**
     * Lets new peers send a PING to the node and answer its PINGs, as far as it sends any, so that they become
     * contacts.
     *
     * @return the new peers, {@code count} of them
     */
    public List<Peer> introduce(int count) {
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Peer peer = new Peer(samples.identity(), samples.endpoint());
            peers.add(peer);
            Message ping = new Message.Ping(peer.identity().address());
            for (Effect effect : core.handle(NOW, received(peer, ping, List.of()))) {
                if (effect instanceof Effect.Send send && send.message() instanceof Message.Ping) {
                    Message pong = new Message.Pong(peer.identity().address(), peer.endpoint());
                    var _ = core.handle(NOW, received(peer, send.transactionId(), pong, List.of()));
                }
            }
        }
        return peers;
    }

    /** Returns a message of a peer with a new transaction id, as an input of the core. */
    public Input received(Peer from, Message message, List<VerifiedRecord> records) {
        return received(from, TransactionId.generate(random), message, records);
    }

    private static Input received(Peer from, TransactionId transaction, Message message, List<VerifiedRecord> records) {
        Envelope envelope = Envelope.of(
                Header.of(message.type(), transaction), message, from.identity().publicKey());
        return new Input.Received(from.endpoint(), envelope, LENGTH, records);
    }
}
