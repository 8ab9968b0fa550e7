package io.a2al.dht;

import io.a2al.core.Command;
import io.a2al.core.NodeCore;
import io.a2al.core.NodeSettings;
import io.a2al.core.NodeStatistics;
import io.a2al.core.Outcome;
import io.a2al.core.lookup.LookupReport;
import io.a2al.dht.transport.Endpoints;
import io.a2al.dht.transport.Threads;
import io.a2al.dht.transport.Transport;
import io.a2al.dht.transport.UdpTransport;
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
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
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
    private final Publications publications;
    private final PacketSender commandSender;
    private final boolean serving;
    private final AtomicLong lastSequence = new AtomicLong();
    private volatile Phase phase = Phase.NEW;
    private Optional<Thread> timerThread = Optional.empty();

    private DhtNode(Builder builder, Identity identity, Transport transport) {
        this.identity = identity;
        this.transport = transport;
        this.time = builder.time;
        this.serving = builder.serving;
        this.callbacks = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("a2al-callback-", 0).factory());
        this.commandSender = PacketSender.create(identity, transport, traffic);
        NodeCore core = new NodeCore(builder.settings, identity.address(), builder.random, time.now());
        this.driver = new CoreDriver(core, time, callbacks, this::renew);
        this.publications = new Publications(this::submit, time);
    }

    /** A builder with the defaults of a public node; an identity must be given. */
    public static Builder builder() {
        return new Builder();
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
        return driver.statistics();
    }

    /** Numbers about its datagrams. */
    public TrafficStatistics traffic() {
        return traffic.snapshot();
    }

    /** The contacts in its routing table, by bucket, each bucket least recently proven first. */
    public List<Contact> contacts() {
        return driver.contacts();
    }

    // ---- joining ----------------------------------------------------------------------------------------------

    /**
     * Joins the network through any of these addresses (node.md section 11). If nobody answers, the node goes on trying
     * by itself.
     */
    public JoinResult bootstrap(List<InetSocketAddress> seeds) throws InterruptedException {
        return await(bootstrapAsync(seeds));
    }

    /** Like {@link #bootstrap}. */
    public CompletableFuture<JoinResult> bootstrapAsync(List<InetSocketAddress> seeds) {
        List<Endpoint> endpoints = seeds.stream().map(Endpoints::of).toList();
        return submit(new Command.Bootstrap(endpoints, JOIN_TIMEOUT)).thenApply(outcome -> switch (outcome) {
            case Outcome.Joined(int answered, int asked, int known) -> new JoinResult(answered, asked, known);
            default -> throw unexpected(outcome);
        });
    }

    /** Sees who answers at an address, within 5 s. */
    public PingResult ping(InetSocketAddress to) throws InterruptedException {
        return await(pingAsync(to));
    }

    /** Like {@link #ping}. */
    public CompletableFuture<PingResult> pingAsync(InetSocketAddress to) {
        return pingAsync(to, PING_TIMEOUT);
    }

    /** Like {@link #pingAsync(InetSocketAddress)}, within another time. */
    public CompletableFuture<PingResult> pingAsync(InetSocketAddress to, Duration timeout) {
        return submit(new Command.Ping(Endpoints.of(to), timeout)).thenApply(outcome -> switch (outcome) {
            case Outcome.Answered(Contact node, Endpoint observed, Duration roundTrip) ->
                new PingResult.Answered(node, observed, roundTrip);
            case Outcome.NoAnswer() -> new PingResult.NoAnswer();
            default -> throw unexpected(outcome);
        });
    }

    // ---- publishing -------------------------------------------------------------------------------------------

    /**
     * Publishes where this node's agent can be reached, and keeps it published until the publication or the node is
     * closed. Waits until the first copies are stored; {@link Publication#state()} says how many.
     */
    public Publication publish(EndpointPayload payload) throws InterruptedException {
        return await(publishAsync(payload));
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
        return await(publishAsync(payload));
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

    private void renew(long publication) {
        publications.renew(publication);
    }

    // ---- finding ----------------------------------------------------------------------------------------------

    /** Finds where an agent can be reached: the newest record that several holders know of (node.md 10.5). */
    public ResolveResult resolve(Address agent) throws InterruptedException {
        return await(resolveAsync(agent));
    }

    /** Like {@link #resolve}. */
    public CompletableFuture<ResolveResult> resolveAsync(Address agent) {
        Command find = new Command.FindRecords(
                NodeId.ofAddress(agent), RecordType.ENDPOINT, Command.Want.NEWEST, LOOKUP_TIMEOUT);
        return submit(find).thenApply(outcome -> switch (outcome) {
            case Outcome.Records(List<VerifiedRecord> records, LookupReport report) ->
                records.stream()
                        .findFirst()
                        .<ResolveResult>map(newest -> new ResolveResult.Found(endpoint(newest), report))
                        .orElseGet(() -> new ResolveResult.NotFound(report));
            default -> throw unexpected(outcome);
        });
    }

    /** Finds the entries under a topic that {@code filter} lets pass. */
    public DiscoverResult discover(String topic, TopicFilter filter) throws InterruptedException {
        return await(discoverAsync(topic, filter));
    }

    /** Like {@link #discover}. */
    public CompletableFuture<DiscoverResult> discoverAsync(String topic, TopicFilter filter) {
        Command find = new Command.FindRecords(Topics.keyOf(topic), RecordType.TOPIC, Command.Want.ALL, LOOKUP_TIMEOUT);
        return submit(find).thenApply(outcome -> switch (outcome) {
            case Outcome.Records(List<VerifiedRecord> records, LookupReport report) ->
                new DiscoverResult(
                        records.stream()
                                .map(DhtNode::topicEntry)
                                .filter(entry -> filter.matches(entry.payload()))
                                .toList(),
                        report);
            default -> throw unexpected(outcome);
        });
    }

    private static EndpointRecord endpoint(VerifiedRecord verified) {
        try {
            EndpointPayload payload =
                    EndpointPayload.decode(verified.record().payload().orElseThrow());
            return new EndpointRecord(verified.record().address(), payload, verified.record());
        } catch (InvalidRecordException impossible) {
            throw new IllegalStateException("a verified record has a valid payload", impossible);
        }
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

    // ---- plumbing ---------------------------------------------------------------------------------------------

    private CompletableFuture<Outcome> submit(Command command) {
        return submit(command, operation -> {});
    }

    private CompletableFuture<Outcome> submit(Command command, LongConsumer beforehand) {
        if (phase == Phase.NEW) {
            throw new IllegalStateException("the node is not started");
        }
        // One at a time, because the sender keeps buffers; signing takes microseconds.
        synchronized (commandSender) {
            return driver.submit(command, commandSender, beforehand);
        }
    }

    private static RuntimeException unexpected(Outcome outcome) {
        return outcome instanceof Outcome.Refused(String reason)
                ? new RefusedException(reason)
                : new IllegalStateException("unexpected outcome " + outcome);
    }

    private static <T> T await(CompletableFuture<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (CancellationException e) {
            throw new NodeClosedException();
        }
    }

    // ---- building ---------------------------------------------------------------------------------------------

    /** Collects what a node needs. Not thread-safe. */
    public static final class Builder {

        private @Nullable Identity identity;
        private @Nullable Transport transport;
        private InetSocketAddress listen = new InetSocketAddress(DEFAULT_PORT);
        private int threads = Math.max(1, Runtime.getRuntime().availableProcessors());
        private NodeSettings settings = NodeSettings.DEFAULT;
        private RandomGenerator random = new SecureRandom();
        private TimeSource time = TimeSource.SYSTEM;

        private boolean serving = true;

        private Builder() {}

        /** Who the node is; required. */
        public Builder identity(Identity value) {
            identity = value;
            return this;
        }

        /** Where to listen, port {@value DhtNode#DEFAULT_PORT} on all addresses by default; port 0 for any free one. */
        public Builder listen(InetSocketAddress value) {
            listen = value;
            return this;
        }

        /** How many threads receive; one per processor by default. */
        public Builder threads(int value) {
            if (value < 1) {
                throw new IllegalArgumentException("a node needs at least one thread, not " + value);
            }
            threads = value;
            return this;
        }

        /** A transport of the application's own instead of UDP; the node closes it. */
        public Builder transport(Transport value) {
            transport = value;
            return this;
        }

        /**
         * Only asks and answers nobody, for a node that leaves soon: others learn a node by its answers, and would ask it in
         * vain when it has gone.
         */
        public Builder clientMode() {
            serving = false;
            return this;
        }

        /** Limits and intervals. */
        public Builder settings(NodeSettings value) {
            settings = value;
            return this;
        }

        /** Where random numbers come from; must be unpredictable outside of tests. */
        public Builder random(RandomGenerator value) {
            random = value;
            return this;
        }

        /** Where the time comes from. */
        public Builder time(TimeSource value) {
            time = value;
            return this;
        }

        /**
         * Opens the socket and builds a node that is not started yet.
         *
         * @throws IOException if the address cannot be bound, for example because the port is taken
         * @throws NullPointerException if no identity was given
         */
        public DhtNode build() throws IOException {
            Identity who = Objects.requireNonNull(identity, "a node needs an identity");
            return new DhtNode(this, who, transport != null ? transport : UdpTransport.open(listen, threads));
        }
    }
}
