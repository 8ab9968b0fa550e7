package io.a2al.core.testing;

import io.a2al.core.NodeCore;
import io.a2al.core.NodeSettings;
import io.a2al.core.api.Admission;
import io.a2al.core.api.Command;
import io.a2al.core.api.DropReason;
import io.a2al.core.api.Effect;
import io.a2al.core.api.Input;
import io.a2al.core.api.Outcome;
import io.a2al.core.rpc.PeerVersions;
import io.a2al.core.shell.CoreTurn;
import io.a2al.core.shell.DatagramOutput;
import io.a2al.core.shell.Keys;
import io.a2al.core.shell.NodeShell;
import io.a2al.core.shell.Notices;
import io.a2al.core.time.ShellTime;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.crypto.SignatureVerifier;
import io.a2al.protocol.crypto.Signer;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Envelope;
import io.a2al.protocol.message.MalformedMessageException;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageCodec;
import io.a2al.protocol.message.MessageType;
import io.a2al.protocol.record.RecordVerifier;
import io.a2al.protocol.record.VerifiedRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Many nodes under one virtual clock. Everything that happens is an event in one queue, ordered by time and, at the
 * same time, by when it was put there; latency, loss and all keys come from one seed. So a run repeats exactly, and no
 * test ever waits. The nodes run in the production shell; packets have empty signatures that always hold, which saves
 * time, and records are really verified, each distinct one once. Not thread-safe.
 */
public final class VirtualNetwork {

    /** Unix time at the beginning. */
    public static final long START_SECONDS = 1_700_000_000L;

    /** The port of every node. */
    public static final int PORT = 4121;

    private static final SignatureVerifier NO_SIGNATURES =
            (publicKey, message, from, to, signature, signatureAt) -> true;

    private static final Duration AWAIT_LIMIT = Duration.ofMinutes(10);

    /** Watches every message that is sent, whether or not it arrives. */
    @FunctionalInterface
    public interface Observer {
        /** A datagram leaves {@code from}. */
        void sent(Endpoint from, Endpoint to, Message message);
    }

    /** A host in the network that is not a node of ours. */
    @FunctionalInterface
    public interface Host {
        /** A datagram arrives. */
        void received(Endpoint from, Envelope envelope);
    }

    /** A publication that asked for a newer record, and when. */
    public record Renewal(long publication, ShellTime at) {}

    /** A record that a listener was told of, and when. */
    public record Heard(long listener, VerifiedRecord record, ShellTime at) {}

    private record Event(long time, long sequence, Runnable action) {}

    private record Link(Endpoint from, Endpoint to) {}

    /** One node and its place in the network. */
    public final class Node {

        private final Identity identity;
        private final Endpoint endpoint;
        private final NodeCore core;
        private final List<Renewal> renewals = new ArrayList<>();
        private final List<Heard> heard = new ArrayList<>();
        private boolean alive = true;
        private boolean older;
        private boolean mute;
        private final NodeShell shell;
        private long tickAt = Long.MAX_VALUE;

        private Node(Identity identity, Endpoint endpoint, NodeCore core, boolean serving) {
            this.identity = identity;
            this.endpoint = endpoint;
            this.core = core;
            Keys keys = new Keys(new MessageCodec(NO_SIGNATURES), records, new EmptySigner(identity.publicKey()));
            this.shell = new NodeShell(new Turn(this), keys, new Output(this), new Told(this), serving);
        }

        /** Its keys. */
        public Identity identity() {
            return identity;
        }

        /** Its place in the key space. */
        public NodeId id() {
            return identity.nodeId();
        }

        /** Where it listens. */
        public Endpoint endpoint() {
            return endpoint;
        }

        /** As others know it. */
        public Contact contact() {
            return Contact.of(identity.address(), endpoint);
        }

        /** The node itself. */
        public NodeCore core() {
            return core;
        }

        /** False after {@link VirtualNetwork#kill}. */
        public boolean isAlive() {
            return alive;
        }

        /** Every renewal it asked for so far. */
        public List<Renewal> renewals() {
            return List.copyOf(renewals);
        }

        /** Everything that its listeners were told so far. */
        public List<Heard> heard() {
            return List.copyOf(heard);
        }

        private void give(Input input) {
            shell.handle(input);
            scheduleTick();
        }

        private void receive(Endpoint from, byte[] datagram) {
            shell.receive(from, datagram, datagram.length);
            scheduleTick();
        }

        private void scheduleTick() {
            long deadline = core.nextDeadline();
            if (deadline - origin < tickAt) {
                tickAt = deadline - origin;
                long thisTick = tickAt;
                at(thisTick, () -> tick(thisTick));
            }
        }

        private void tick(long thisTick) {
            if (alive && tickAt == thisTick) {
                tickAt = Long.MAX_VALUE;
                give(new Input.Tick());
            }
        }

        @Override
        public String toString() {
            return "Node[" + endpoint + "]";
        }
    }

    private final long seed;
    private final long origin;
    private final SplittableRandom random;
    private final RecordVerifier records =
            new RecordVerifier(new RememberingVerifier(Ed25519.preferred().newVerifier()));
    private final MessageCodec outside = new MessageCodec(NO_SIGNATURES);
    private final PriorityQueue<Event> queue =
            new PriorityQueue<>(Comparator.comparingLong(Event::time).thenComparingLong(Event::sequence));
    private final Map<Endpoint, Node> nodes = new LinkedHashMap<>();
    private final Map<Endpoint, Host> hosts = new HashMap<>();
    private final Map<Long, Outcome> outcomes = new HashMap<>();
    private final Set<Link> cuts = new HashSet<>();
    private final List<Observer> observers = new ArrayList<>();
    private final Map<MessageType, Long> sentByType = new EnumMap<>(MessageType.class);
    private long minLatency = Duration.ofMillis(20).toNanos();
    private long maxLatency = Duration.ofMillis(80).toNanos();
    private double loss;
    private long time;
    private long sequence;
    private long operations;
    private long inFlight;
    private long unwelcome;
    private long digest = 17;

    /** A network whose clock starts at 0. */
    public VirtualNetwork(long seed) {
        this(seed, 0);
    }

    /** A network whose nodes see a monotonic clock that starts at {@code originNanos}. */
    public VirtualNetwork(long seed, long originNanos) {
        this.seed = seed;
        this.origin = originNanos;
        this.random = new SplittableRandom(seed);
    }

    // ---- building ---------------------------------------------------------------------------------------------

    /** Sets how long messages take; 20 to 80 ms at first. */
    public void setLatency(Duration shortest, Duration longest) {
        minLatency = shortest.toNanos();
        maxLatency = longest.toNanos();
    }

    /** Sets the share of messages that are lost, 0 to 1; 0 at first. */
    public void setLoss(double share) {
        loss = share;
    }

    /** Adds a node in 10/8 with the default settings. */
    public Node addNode() {
        return addNode(privateEndpoint(nodes.size() + 1), NodeSettings.DEFAULT);
    }

    /** Adds a node with an address of the public internet. */
    public Node addPublicNode() {
        return addNode(publicEndpoint(nodes.size() + 1), NodeSettings.DEFAULT);
    }

    /** Adds a node in client mode: its shell drops all requests, other than PINGs of nodes that it asked lately. */
    public Node addClient() {
        return addNode(privateEndpoint(nodes.size() + 1), NodeSettings.DEFAULT, false);
    }

    /** Adds a node in client mode that drops all requests, so that no node can verify its address. */
    public Node addMuteClient() {
        Node client = addClient();
        client.mute = true;
        return client;
    }

    /** Adds a node. */
    public Node addNode(Endpoint endpoint, NodeSettings settings) {
        return addNode(endpoint, settings, true);
    }

    /** Starts a node anew, without what it knew, at another endpoint. The old one is not killed by this. */
    public Node startElsewhere(Node node, Endpoint endpoint) {
        return addNode(node.identity, endpoint, NodeSettings.DEFAULT, true);
    }

    private Node addNode(Endpoint endpoint, NodeSettings settings, boolean serving) {
        return addNode(newIdentity(), endpoint, settings, serving);
    }

    private Node addNode(Identity identity, Endpoint endpoint, NodeSettings settings, boolean serving) {
        NodeCore core = new NodeCore(
                settings, identity.address(), new SplittableRandom(seed * 1_000_003 + nodes.size()), now());
        Node node = new Node(identity, endpoint, core, serving);
        if (hosts.containsKey(endpoint) || nodes.putIfAbsent(endpoint, node) != null) {
            throw new IllegalArgumentException("already taken: " + endpoint);
        }
        node.give(new Input.Tick());
        return node;
    }

    /**
     * Adds nodes that join through the first node of the network, one every 100 ms, and waits until all of them did and
     * nothing more happens.
     */
    public List<Node> grow(int count) {
        List<Long> joins = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Node node = addNode();
            Node seedNode = nodes.values().iterator().next();
            if (node != seedNode) {
                joins.add(submit(node, new Command.Bootstrap(List.of(seedNode.endpoint()), Duration.ofSeconds(10))));
            }
            runFor(Duration.ofMillis(100));
        }
        joins.forEach(this::await);
        runUntilIdle(Duration.ofMinutes(1));
        return nodes();
    }

    /** Attaches a host that is not a node of ours. */
    public void attach(Endpoint endpoint, Host host) {
        if (nodes.containsKey(endpoint)) {
            throw new IllegalArgumentException("already taken: " + endpoint);
        }
        hosts.put(endpoint, host);
    }

    /** Watches all messages from now on. */
    public void observe(Observer observer) {
        observers.add(observer);
    }

    /** A new key pair from the seed. */
    public Identity newIdentity() {
        byte[] secret = new byte[Identity.SEED_LENGTH];
        random.nextBytes(secret);
        return Identity.ofSeed(secret);
    }

    /** The private endpoint with this number, from 1 to 16 million; those up to 65,536 are in a /24 each. */
    public static Endpoint privateEndpoint(int number) {
        return endpoint(10, number);
    }

    /** A public endpoint with this number, from 1 to 16 million; those up to 65,536 are in a /24 each. */
    public static Endpoint publicEndpoint(int number) {
        return endpoint(5, number);
    }

    private static Endpoint endpoint(int network, int number) {
        return Endpoint.of(
                new byte[] {(byte) network, (byte) number, (byte) (number >> 8), (byte) (number >> 16)}, PORT);
    }

    // ---- faults -----------------------------------------------------------------------------------------------

    /** Switches the node off: it receives nothing and does nothing any more. */
    public void kill(Node node) {
        node.alive = false;
    }

    /** Makes the node drop datagrams that only the newer protocol version understands, as the older one does. */
    public void makeOlder(Node node) {
        node.older = true;
    }

    /** Cuts the link between two endpoints in both directions. */
    public void cut(Endpoint a, Endpoint b) {
        cuts.add(new Link(a, b));
        cuts.add(new Link(b, a));
    }

    /** Undoes {@link #cut}. */
    public void heal(Endpoint a, Endpoint b) {
        cuts.remove(new Link(a, b));
        cuts.remove(new Link(b, a));
    }

    // ---- using ------------------------------------------------------------------------------------------------

    /** Submits a command to a node and returns the number of the operation. */
    public long submit(Node node, Command command) {
        long operation = ++operations;
        node.give(new Input.Submit(operation, command));
        return operation;
    }

    /** Returns the outcome of an operation, if it has ended. */
    public Optional<Outcome> outcome(long operation) {
        return Optional.ofNullable(outcomes.get(operation));
    }

    /** Lets time pass until the operation ends; at most ten virtual minutes. */
    public Outcome await(long operation) {
        long limit = time + AWAIT_LIMIT.toNanos();
        while (!outcomes.containsKey(operation)) {
            if (queue.isEmpty() || queue.element().time > limit) {
                throw new AssertionError("operation " + operation + " does not end");
            }
            step();
        }
        return Objects.requireNonNull(outcomes.get(operation));
    }

    /** Like {@link #await(long)}, for an outcome that is known to be of one kind. */
    public <T extends Outcome> T await(Class<T> kind, long operation) {
        Outcome outcome = await(operation);
        if (!kind.isInstance(outcome)) {
            throw new AssertionError("expected " + kind.getSimpleName() + ", but was " + outcome);
        }
        return kind.cast(outcome);
    }

    /** Runs a command to its end. */
    public <T extends Outcome> T call(Class<T> kind, Node node, Command command) {
        return await(kind, submit(node, command));
    }

    /** Lets this much time pass. */
    public void runFor(Duration duration) {
        long until = time + duration.toNanos();
        while (!queue.isEmpty() && queue.element().time <= until) {
            step();
        }
        time = until;
    }

    /**
     * Lets time pass until no message is under way and no living node waits for one, or until {@code atMost} passed.
     */
    public void runUntilIdle(Duration atMost) {
        long until = time + atMost.toNanos();
        while (!isIdle() && !queue.isEmpty() && queue.element().time <= until) {
            step();
        }
    }

    private boolean isIdle() {
        return inFlight == 0
                && nodes.values().stream()
                        .filter(Node::isAlive)
                        .allMatch(node -> node.core
                                                .statistics()
                                                .requests()
                                                .pending()
                                                .used()
                                        == 0
                                && node.core.statistics().lookups().running().used() == 0);
    }

    /** Sends a datagram that no node of ours wrote. */
    public void inject(Endpoint from, Endpoint to, Envelope envelope) {
        int length = outside.encode(envelope.header(), envelope.message(), new EmptySigner(envelope.senderKey()));
        transmit(from, to, Arrays.copyOf(outside.buffer(), length));
    }

    // ---- looking ----------------------------------------------------------------------------------------------

    /** The time that nodes see. */
    public ShellTime now() {
        return new ShellTime(
                origin + time, START_SECONDS + Duration.ofNanos(time).toSeconds());
    }

    /** All nodes in the order they were added, the dead ones, too. */
    public List<Node> nodes() {
        return List.copyOf(nodes.values());
    }

    /** The living nodes by distance to {@code target}, nearest first. */
    public List<Node> livingByDistance(NodeId target) {
        return nodes.values().stream()
                .filter(Node::isAlive)
                .sorted((a, b) -> target.compareDistance(a.id(), b.id()))
                .toList();
    }

    /** Messages sent of this type, lost ones included. */
    public long sent(MessageType type) {
        return sentByType.getOrDefault(type, 0L);
    }

    /** Returns the number of messages that were not admitted. */
    public long unwelcome() {
        return unwelcome;
    }

    /** Returns a hash of every message, every outcome, and their times. */
    public long digest() {
        return digest;
    }

    // ---- running ----------------------------------------------------------------------------------------------

    private void at(long when, Runnable action) {
        queue.add(new Event(Math.max(when, time), sequence++, action));
    }

    private void step() {
        Event event = queue.remove();
        time = event.time;
        event.action.run();
    }

    /** The core's turn, at the virtual time. */
    private final class Turn implements CoreTurn {

        private final Node node;
        private final NodeCore core;

        Turn(Node node) {
            this.node = node;
            this.core = node.core;
        }

        @Override
        public Admission admit(Endpoint from, Envelope envelope) {
            return core.admit(now(), from, envelope);
        }

        @Override
        public boolean mayEcho(Endpoint from, Bytes probe) {
            return core.mayEcho(now(), from, probe);
        }

        @Override
        public boolean isInTouch(Endpoint from, NodeId node) {
            return !this.node.mute && core.isInTouch(now(), from, node);
        }

        @Override
        public List<Effect> handle(Input input) {
            return core.handle(now(), input);
        }
    }

    private final class Output implements DatagramOutput {

        private final Node node;

        Output(Node node) {
            this.node = node;
        }

        @Override
        public boolean send(Endpoint to, byte[] buffer, int length, boolean isAnswer) {
            byte[] datagram = Arrays.copyOf(buffer, length);
            note(node.endpoint, to, Arrays.hashCode(datagram));
            transmit(node.endpoint, to, datagram);
            return true;
        }

        @Override
        public void oversized(Endpoint to, byte[] buffer, int length) {
            throw new AssertionError("a message of " + length + " bytes was to be sent to " + to);
        }
    }

    private final class Told implements Notices {

        private final Node node;

        Told(Node node) {
            this.node = node;
        }

        @Override
        public void dropped(Endpoint from, DropReason reason) {
            unwelcome += reason == DropReason.NOT_SERVING ? 0 : 1;
        }

        @Override
        public void accepted() {
            // Its effects are recorded.
        }

        @Override
        public void recordRefused() {
            // Not recorded.
        }

        @Override
        public void completed(long operation, Outcome outcome) {
            note(node.endpoint, operation, outcome);
            if (outcomes.put(operation, outcome) != null) {
                throw new AssertionError("operation " + operation + " ended twice");
            }
        }

        @Override
        public void renewalDue(long publication) {
            note(node.endpoint, publication);
            node.renewals.add(new Renewal(publication, now()));
        }

        @Override
        public void heard(long listener, VerifiedRecord record) {
            note(node.endpoint, listener, record);
            node.heard.add(new Heard(listener, record, now()));
        }

        @Override
        public void observed(NodeId reporter, Endpoint observed) {
            note(node.endpoint, reporter, observed);
        }

        @Override
        public void saveDue() {
            note(node.endpoint, "save");
        }

        @Override
        public void seedsWanted() {
            note(node.endpoint, "seeds");
        }
    }

    /** Signs with zeros, for a public key of its own. */
    private record EmptySigner(Bytes publicKey) implements Signer {

        @Override
        public void sign(byte[] message, int from, int to, byte[] target, int targetAt) {
            Arrays.fill(target, targetAt, targetAt + SignatureVerifier.SIGNATURE_LENGTH, (byte) 0);
        }
    }

    /** Verifies each distinct signature once. */
    private static final class RememberingVerifier implements SignatureVerifier {

        private record Question(Bytes publicKey, Bytes message, Bytes signature) {}

        private final SignatureVerifier verifier;
        private final Map<Question, Boolean> verdicts = new HashMap<>();

        RememberingVerifier(SignatureVerifier verifier) {
            this.verifier = verifier;
        }

        @Override
        public boolean verify(Bytes publicKey, byte[] message, int from, int to, byte[] signature, int signatureAt) {
            Question question = new Question(
                    publicKey,
                    Bytes.copyOfRange(message, from, to),
                    Bytes.copyOfRange(signature, signatureAt, signatureAt + SIGNATURE_LENGTH));
            return verdicts.computeIfAbsent(
                    question, asked -> verifier.verify(publicKey, message, from, to, signature, signatureAt));
        }
    }

    private void note(Object... what) {
        digest = digest * 1_000_003 + time;
        for (Object part : what) {
            digest = digest * 1_000_003 + part.hashCode();
        }
    }

    private void transmit(Endpoint from, Endpoint to, byte[] datagram) {
        Envelope envelope = open(datagram);
        sentByType.merge(envelope.header().type(), 1L, Long::sum);
        observers.forEach(observer -> observer.sent(from, to, envelope.message()));
        long latency = random.nextLong(minLatency, maxLatency + 1);
        boolean lost = random.nextDouble() < loss;
        if (!lost) {
            inFlight++;
            at(time + latency, () -> {
                inFlight--;
                deliver(from, to, datagram);
            });
        }
    }

    private Envelope open(byte[] datagram) {
        try {
            return outside.decode(datagram, datagram.length);
        } catch (MalformedMessageException malformed) {
            throw new AssertionError("a node sent what is no message", malformed);
        }
    }

    private void deliver(Endpoint from, Endpoint to, byte[] datagram) {
        if (cuts.contains(new Link(from, to))) {
            return;
        }
        Host host = hosts.get(to);
        if (host != null) {
            host.received(from, open(datagram));
        }
        Node node = nodes.get(to);
        if (node == null || !node.alive) {
            return;
        }
        if (node.older && PeerVersions.isExtended(open(datagram).message())) {
            return;
        }
        node.receive(from, datagram);
    }
}
