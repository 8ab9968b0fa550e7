package io.a2al.sim.world;

import io.a2al.core.NodeSettings;
import io.a2al.core.shell.Keys;
import io.a2al.protocol.crypto.Signer;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Envelope;
import io.a2al.protocol.message.Header;
import io.a2al.protocol.message.MalformedMessageException;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageCodec;
import io.a2al.protocol.message.TransactionId;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.RecordVerifier;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.sim.crypto.SimCrypto;
import io.a2al.sim.crypto.SimKeys;
import io.a2al.sim.engine.EventQueue;
import io.a2al.sim.engine.Purpose;
import io.a2al.sim.engine.Stream;
import io.a2al.sim.engine.Streams;
import io.a2al.sim.network.Datagram;
import io.a2al.sim.network.Host;
import io.a2al.sim.network.LinkSettings;
import io.a2al.sim.network.LossReason;
import io.a2al.sim.network.NetworkListener;
import io.a2al.sim.network.VirtualNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The world of one run: its time, its network and its participants. All nodes share one codec and one verifier, since a
 * run has one thread. Not thread-safe.
 */
public final class World {

    /** Number of addresses through which a node tries to join. */
    private static final int SEEDS_EACH = 3;

    private final EventQueue queue = new EventQueue();
    private final Streams streams;
    private final SimCrypto crypto;
    private final VirtualNetwork network;
    private final MessageCodec codec;

    /** Codec of observers. Separate, because observers decode datagrams while a node is decoding one. */
    private final MessageCodec observing;

    private final RecordVerifier records;
    private final int seedNodes;
    private final List<SimNode> nodes = new ArrayList<>();
    private final Map<NodeId, SimNode> byId = new HashMap<>();
    private EventListener[] listeners = {};
    private Application application = Application.NONE;

    /**
     * Creates a world without participants.
     *
     * @param seedNodes how many of the first nodes are those through which all nodes join
     */
    public World(Streams streams, SimCrypto crypto, LinkSettings links, int seedNodes) {
        this.streams = streams;
        this.crypto = crypto;
        this.network = new VirtualNetwork(queue, streams, links, new Datagrams());
        this.codec = new MessageCodec(crypto.verifier());
        this.observing = new MessageCodec(crypto.verifier());
        this.records = new RecordVerifier(crypto.verifier());
        this.seedNodes = seedNodes;
    }

    // ---- time and chance --------------------------------------------------------------------------------------

    /** Returns the virtual time, in nanoseconds since the beginning of the run. */
    public long now() {
        return queue.now();
    }

    /** Returns the queue of future events. */
    public EventQueue queue() {
        return queue;
    }

    /** Returns the random streams of the run. */
    public Streams streams() {
        return streams;
    }

    /** Returns the keys and signatures of the run. */
    public SimCrypto crypto() {
        return crypto;
    }

    // ---- participants -----------------------------------------------------------------------------------------

    /** Returns the network. */
    public VirtualNetwork network() {
        return network;
    }

    /** Returns all participants by number: attackers, and those that are switched off, included. */
    public List<SimNode> nodes() {
        return Collections.unmodifiableList(nodes);
    }

    /** Adds a participant, which is switched off; its number is the host's. */
    public SimNode add(Host host, NodeClock clock, NodeSettings settings, Optional<Attacker> attacker) {
        return add(host, crypto.newKeys(streams.of(Purpose.KEY, host.index())), clock, settings, attacker);
    }

    /** Adds a participant with these keys, which is switched off; its number is the host's. */
    public SimNode add(Host host, SimKeys keys, NodeClock clock, NodeSettings settings, Optional<Attacker> attacker) {
        int index = nodes.size();
        if (host.index() != index) {
            throw new IllegalArgumentException("host " + host.index() + " for participant " + index);
        }
        network.connect(host);
        SimNode node = new SimNode(this, index, host, keys, clock, settings, attacker);
        nodes.add(node);
        byId.put(node.id(), node);
        return node;
    }

    /** Notes that a participant has another NodeID now. The old one still leads to it. */
    void rename(SimNode node) {
        byId.put(node.id(), node);
    }

    /** Returns the participant that has this NodeID, or had it. */
    public Optional<SimNode> find(NodeId id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Returns how many honest nodes that are up have a valid record at this key. */
    public int replicasOf(NodeId key) {
        int replicas = 0;
        for (SimNode node : nodes) {
            replicas += node.isHonest() && node.holds(key) ? 1 : 0;
        }
        return replicas;
    }

    /**
     * Returns how many of the first nodes are those through which all nodes join; they are public, honest and stay on.
     */
    public int seedNodes() {
        return seedNodes;
    }

    /** Returns the addresses through which a node joins: some of the first nodes, without itself. */
    public List<Endpoint> seedsFor(SimNode node) {
        Stream stream = streams.of(Purpose.SEEDS, node.index());
        List<Endpoint> seeds = new ArrayList<>(SEEDS_EACH);
        int candidates = Math.min(seedNodes, nodes.size());
        int first = stream.nextBelow(candidates);
        for (int i = 0; i < candidates && seeds.size() < SEEDS_EACH; i++) {
            SimNode seed = nodes.get((first + i) % candidates);
            if (seed != node) {
                seeds.add(seed.host().endpointFrom(node.host()));
            }
        }
        return seeds;
    }

    /** Returns the application that uses the nodes. */
    public Application application() {
        return application;
    }

    /** Sets the application that uses the nodes. */
    public void setApplication(Application user) {
        application = user;
    }

    // ---- events -----------------------------------------------------------------------------------------------

    /** Passes all events to {@code listener} from now on. */
    public void listen(EventListener listener) {
        listeners = Arrays.copyOf(listeners, listeners.length + 1);
        listeners[listeners.length - 1] = listener;
    }

    /** Passes an event to all listeners. */
    public void emit(SimEvent event) {
        for (EventListener listener : listeners) {
            listener.onEvent(event);
        }
    }

    private final class Datagrams implements NetworkListener {
        @Override
        public void onSent(Host sender, Endpoint from, Endpoint to, Datagram datagram) {
            emit(new SimEvent.Sent(now(), sender.index(), from, to, datagram));
        }

        @Override
        public void onArrived(Host receiver, Endpoint from, Datagram datagram) {
            emit(new SimEvent.Arrived(now(), receiver.index(), from, datagram));
        }

        @Override
        public void onLost(Host sender, Endpoint to, Datagram datagram, LossReason reason) {
            emit(new SimEvent.Lost(now(), sender.index(), to, datagram, reason));
        }
    }

    // ---- messages ---------------------------------------------------------------------------------------------

    /**
     * Returns what a shell of this run encodes, signs and verifies with. The buffers are shared, because a run has one
     * thread.
     */
    Keys packetKeys(Signer signer) {
        return new Keys(codec, records, signer);
    }

    /** Returns the signed datagram of a message. */
    public Datagram encode(TransactionId transaction, Message message, Signer signer) {
        int length = codec.encode(Header.of(message.type(), transaction), message, signer);
        return Datagram.copyOf(codec.buffer(), length);
    }

    /** Returns the message in a datagram; empty if there is none. Its signature is not checked. */
    public Optional<Envelope> decode(Datagram datagram) {
        try {
            return Optional.of(codec.decode(datagram.bytes(), datagram.length()));
        } catch (MalformedMessageException noMessage) {
            return Optional.empty();
        }
    }

    /** Returns the message in a datagram if its signature holds; for observers. */
    public Optional<Envelope> open(Datagram datagram) {
        try {
            return Optional.of(observing.decode(datagram.bytes(), datagram.length()))
                    .filter(observing::verify);
        } catch (MalformedMessageException noMessage) {
            return Optional.empty();
        }
    }

    /** Returns the record if its signature holds. */
    public Optional<VerifiedRecord> verify(SignedRecord candidate) {
        try {
            return Optional.of(records.verify(candidate));
        } catch (InvalidRecordException forged) {
            return Optional.empty();
        }
    }
}
