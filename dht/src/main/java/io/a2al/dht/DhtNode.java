package io.a2al.dht;

import io.a2al.core.Command;
import io.a2al.core.NodeCore;
import io.a2al.core.NodeStatistics;
import io.a2al.core.Outcome;
import io.a2al.core.lookup.LookupReport;
import io.a2al.dht.transport.Endpoints;
import io.a2al.dht.transport.Threads;
import io.a2al.dht.transport.Transport;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.RecordSigner;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.TopicFilter;
import io.a2al.protocol.record.TopicPayload;
import io.a2al.protocol.record.Topics;
import io.a2al.protocol.record.VerifiedRecord;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node of the A2AL network, to be embedded in an application. Built, started, used from any thread, closed:
 *
 * <pre>{@code
 * try (DhtNode node = DhtNode.builder().identity(identity).listen(new InetSocketAddress(4121)).build().start()) {
 *     node.bootstrap(List.of(seed));
 *     node.publish(EndpointPayload.of(List.of("https://agent.example/a2a")));
 *     ResolveResult result = node.resolve(address);
 * }
 * }</pre>
 *
 * Every operation has an {@code …Async} form that returns at once; the plain form waits for it, ends early with
 * {@link InterruptedException} when the thread is interrupted, and throws what the future fails with:
 * {@link RefusedException} or {@link NodeClosedException}. Not finding something is a result, not an exception.
 * Thread-safe.
 */
public final class DhtNode implements AutoCloseable {

    /** Customary UDP port (wire.md 2.1). */
    public static final int DEFAULT_PORT = 4121;

    private static final Duration PING_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration JOIN_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration LOOKUP_TIMEOUT = Duration.ofSeconds(15);

    /** Customary time to live of endpoint and topic records, in seconds (wire.md 10.2). */
    private static final long RECORD_TTL = 3600;

    /** Replicas whose clocks are a little behind ours must not take our records for future ones (known-defects D-28). */
    private static final long TIMESTAMP_LAG = 1;

    private static final Logger LOG = LoggerFactory.getLogger(DhtNode.class);

    private enum Phase {
        NEW,
        RUNNING,
        CLOSED
    }

    private final Identity identity;
    private final Transport transport;
    private final Traffic traffic = new Traffic();
    private final TimeSource time;
    private final ExecutorService callbacks;
    private final CoreDriver driver;
    private final Operations operations;
    private final Publications publications;
    private final Nat nat;
    private final boolean serving;
    private final AtomicLong lastSequence = new AtomicLong();
    private volatile Phase phase = Phase.NEW;
    private Optional<Thread> timerThread = Optional.empty();

    DhtNode(DhtNodeBuilder builder, Identity identity, Transport transport) {
        this.identity = identity;
        this.transport = transport;
        this.time = builder.time();
        this.serving = builder.isServing();
        this.callbacks = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("a2al-callback-", 0).factory());
        NodeCore core = new NodeCore(builder.settings(), identity.address(), builder.random(), time.now());
        core.setBindPublic(transport.localEndpoint().isPublic());
        this.driver = new CoreDriver(core, time, callbacks, new Events(builder.observedAddressListener()));
        this.operations = new Operations(driver, PacketSender.create(identity, transport, traffic));
        this.publications = new Publications(operations, time);
        this.nat = new Nat(driver, operations);
    }

    /** What takes time, and the application's own code, goes to other threads. */
    private final class Events implements CoreEvents {

        private final Optional<BiConsumer<NodeId, Endpoint>> observedAddressListener;

        Events(Optional<BiConsumer<NodeId, Endpoint>> observedAddressListener) {
            this.observedAddressListener = observedAddressListener;
        }

        @Override
        public void onRenewalDue(long publication) {
            callbacks.execute(() -> publications.renew(publication));
        }

        @Override
        public void onObserved(NodeId reporter, Endpoint observed) {
            observedAddressListener.ifPresent(listener -> callbacks.execute(() -> listener.accept(reporter, observed)));
        }
    }

    /** A builder with the defaults of a public node; an identity must be given. */
    public static DhtNodeBuilder builder() {
        return new DhtNodeBuilder();
    }

    // ---- life -------------------------------------------------------------------------------------------------

    /**
     * Begins to receive and answer. Further calls do nothing.
     *
     * @return this node
     * @throws NodeClosedException if it was closed
     */
    public synchronized DhtNode start() {
        if (phase == Phase.CLOSED) {
            throw new NodeClosedException();
        }
        if (phase == Phase.NEW) {
            phase = Phase.RUNNING;
            operations.begin();
            PacketSender timerSender = PacketSender.create(identity, transport, traffic);
            timerThread = Optional.of(Thread.ofPlatform()
                    .name("a2al-timer-" + transport.localEndpoint().port())
                    .daemon()
                    .start(() -> driver.runTimers(timerSender)));
            transport.start(() -> new PacketPipeline(driver, identity, transport, traffic, serving));
            LOG.info("node {} listens on {}, signatures by {}", address(), localEndpoint(), Ed25519.preferred());
        }
        return this;
    }

    /** Stops everything and closes the transport; operations under way fail. Prompt; can be called twice. */
    @Override
    public synchronized void close() {
        if (phase == Phase.CLOSED) {
            return;
        }
        phase = Phase.CLOSED;
        driver.close();
        transport.close();
        timerThread.ifPresent(Threads::joinUninterruptibly);
        callbacks.shutdown();
        LOG.info("node {} is closed", address());
    }

    /** This node's own address. */
    public Address address() {
        return identity.address();
    }

    /** This node's own NodeID. */
    public NodeId nodeId() {
        return identity.nodeId();
    }

    /** The address that the node listens on; its IP may be unspecified. */
    public Endpoint localEndpoint() {
        return transport.localEndpoint();
    }

    /** Numbers about the node. */
    public NodeStatistics statistics() {
        return driver.ask(NodeCore::statistics);
    }

    /** Numbers about its datagrams. */
    public TrafficStatistics traffic() {
        return traffic.snapshot();
    }

    /** The contacts in its routing table, by bucket, each bucket least recently proven first. */
    public List<Contact> contacts() {
        return driver.ask(NodeCore::contacts);
    }

    /** How the network sees this node. */
    public Nat nat() {
        return nat;
    }

    // ---- joining ----------------------------------------------------------------------------------------------

    /**
     * Joins the network through any of these addresses (node.md section 11). If nobody answers, the node goes on trying
     * by itself.
     */
    public JoinResult bootstrap(List<InetSocketAddress> seeds) throws InterruptedException {
        return Operations.await(bootstrapAsync(seeds));
    }

    /** Like {@link #bootstrap}. */
    public CompletableFuture<JoinResult> bootstrapAsync(List<InetSocketAddress> seeds) {
        List<Endpoint> endpoints = seeds.stream().map(Endpoints::of).toList();
        return operations.submit(new Command.Bootstrap(endpoints, JOIN_TIMEOUT)).thenApply(outcome -> switch (outcome) {
            case Outcome.Joined(int answered, int asked, int known) -> new JoinResult(answered, asked, known);
            default -> throw Operations.unexpected(outcome);
        });
    }

    /** Sees who answers at an address, within 5 s. */
    public PingResult ping(InetSocketAddress to) throws InterruptedException {
        return Operations.await(pingAsync(to));
    }

    /** Like {@link #ping}. */
    public CompletableFuture<PingResult> pingAsync(InetSocketAddress to) {
        return pingAsync(to, PING_TIMEOUT);
    }

    /** Like {@link #pingAsync(InetSocketAddress)}, within another time. */
    public CompletableFuture<PingResult> pingAsync(InetSocketAddress to, Duration timeout) {
        return operations.submit(new Command.Ping(Endpoints.of(to), timeout)).thenApply(outcome -> switch (outcome) {
            case Outcome.Answered answered ->
                new PingResult.Answered(answered.node(), answered.observed().orElseThrow(), answered.roundTrip());
            case Outcome.NoAnswer() -> new PingResult.NoAnswer();
            default -> throw Operations.unexpected(outcome);
        });
    }

    /** Requests to one peer, for tools and tests. */
    public PeerRpc rpc() {
        return new PeerRpc(operations, address(), time);
    }

    // ---- publishing -------------------------------------------------------------------------------------------

    /**
     * Publishes where this node's agent can be reached, and keeps it published until the publication or the node is
     * closed. Waits until the first copies are stored; {@link Publication#state()} says how many.
     */
    public Publication publish(EndpointPayload payload) throws InterruptedException {
        return Operations.await(publishAsync(payload));
    }

    /** Like {@link #publish(EndpointPayload)}. */
    public CompletableFuture<Publication> publishAsync(EndpointPayload payload) {
        return publications.publish(
                now -> signer().signEndpoint(payload, nextSequence(now), now - TIMESTAMP_LAG, RECORD_TTL));
    }

    /**
     * Publishes an entry under a topic, and keeps it published until the publication or the node is closed. Waits until
     * the first copies are stored.
     */
    public Publication publish(TopicPayload payload) throws InterruptedException {
        return Operations.await(publishAsync(payload));
    }

    /** Like {@link #publish(TopicPayload)}. */
    public CompletableFuture<Publication> publishAsync(TopicPayload payload) {
        return publications.publish(
                now -> signer().signTopic(payload, nextTopicSequence(now), now - TIMESTAMP_LAG, RECORD_TTL));
    }

    private RecordSigner signer() {
        return RecordSigner.self(identity.newSigner());
    }

    /**
     * Sequence numbers follow the clock, so that they grow across restarts without being kept on disk, and never repeat
     * within a process.
     */
    private long nextSequence(long unixSeconds) {
        return lastSequence.updateAndGet(last -> Math.max(last + 1, unixSeconds));
    }

    /** Topic entries are numbered by nanoseconds (wire.md 10.2). */
    private long nextTopicSequence(long unixSeconds) {
        return nextSequence(unixSeconds) * 1_000_000_000L;
    }

    // ---- finding ----------------------------------------------------------------------------------------------

    /** Finds where an agent can be reached: the newest record that several holders know of (node.md 10.5). */
    public ResolveResult resolve(Address agent) throws InterruptedException {
        return Operations.await(resolveAsync(agent));
    }

    /** Like {@link #resolve}. */
    public CompletableFuture<ResolveResult> resolveAsync(Address agent) {
        Command find = new Command.FindRecords(
                NodeId.ofAddress(agent), RecordType.ENDPOINT, Command.Want.NEWEST, LOOKUP_TIMEOUT);
        return operations.submit(find).thenApply(outcome -> switch (outcome) {
            case Outcome.Records(List<VerifiedRecord> records, LookupReport report) ->
                records.stream()
                        .findFirst()
                        .<ResolveResult>map(newest -> new ResolveResult.Found(EndpointRecord.of(newest), report))
                        .orElseGet(() -> new ResolveResult.NotFound(report));
            default -> throw Operations.unexpected(outcome);
        });
    }

    /** Finds the entries under a topic that {@code filter} lets pass. */
    public DiscoverResult discover(String topic, TopicFilter filter) throws InterruptedException {
        return Operations.await(discoverAsync(topic, filter));
    }

    /** Like {@link #discover}. */
    public CompletableFuture<DiscoverResult> discoverAsync(String topic, TopicFilter filter) {
        Command find = new Command.FindRecords(Topics.keyOf(topic), RecordType.TOPIC, Command.Want.ALL, LOOKUP_TIMEOUT);
        return operations.submit(find).thenApply(outcome -> switch (outcome) {
            case Outcome.Records(List<VerifiedRecord> records, LookupReport report) ->
                new DiscoverResult(
                        records.stream()
                                .map(DhtNode::topicEntry)
                                .filter(entry -> filter.matches(entry.payload()))
                                .toList(),
                        report);
            default -> throw Operations.unexpected(outcome);
        });
    }

    private static TopicEntry topicEntry(VerifiedRecord verified) {
        try {
            TopicPayload payload =
                    TopicPayload.decode(verified.record().payload().orElseThrow());
            return new TopicEntry(verified.record().address(), payload, verified.record());
        } catch (InvalidRecordException impossible) {
            throw new IllegalStateException("a verified record has a valid payload", impossible);
        }
    }
}
