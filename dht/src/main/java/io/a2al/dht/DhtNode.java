package io.a2al.dht;

import io.a2al.core.NodeCore;
import io.a2al.core.NodeStatistics;
import io.a2al.core.api.Command;
import io.a2al.core.api.Outcome;
import io.a2al.dht.logging.RateLimitedLogger;
import io.a2al.dht.result.DiscoverResult;
import io.a2al.dht.result.JoinResult;
import io.a2al.dht.result.MailResult;
import io.a2al.dht.result.NodeClosedException;
import io.a2al.dht.result.PingResult;
import io.a2al.dht.result.ReceivedMail;
import io.a2al.dht.result.RefusedException;
import io.a2al.dht.result.ResolveResult;
import io.a2al.dht.result.SendResult;
import io.a2al.dht.result.TopicEntry;
import io.a2al.dht.result.TrafficStatistics;
import io.a2al.dht.shell.Callbacks;
import io.a2al.dht.shell.CoreDriver;
import io.a2al.dht.shell.CoreEvents;
import io.a2al.dht.shell.NodeFiles;
import io.a2al.dht.shell.NodeThreads;
import io.a2al.dht.shell.Operations;
import io.a2al.dht.shell.Traffic;
import io.a2al.dht.transport.Endpoints;
import io.a2al.dht.transport.TimeSource;
import io.a2al.dht.transport.Transport;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.record.RecordPayload;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.TopicFilter;
import io.a2al.protocol.record.Topics;
import io.a2al.protocol.record.VerifiedRecord;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
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

    private static final Logger LOG = LoggerFactory.getLogger(DhtNode.class);

    private enum Phase {
        NEW,
        RUNNING,
        CLOSED
    }

    private final Identity identity;
    private final Agent agent;
    private final Transport transport;
    private final Traffic traffic = new Traffic();
    private final TimeSource time;
    private final Callbacks callbacks;
    private final CoreDriver driver;
    private final Operations operations;
    private final Query query;
    private final RecordMaker records;
    private final Publications publications;
    private final Mailbox mailbox;
    private final Subscriptions subscriptions;
    private final Nat nat;
    private final Bootstrapping bootstrapping;
    private final NodeFiles files;
    private final NodeThreads threads;
    private volatile Phase phase = Phase.NEW;

    DhtNode(DhtNodeBuilder builder, Identity identity, Transport transport) {
        this.identity = identity;
        this.agent = builder.agentOr(identity);
        this.transport = transport;
        this.time = builder.time();
        RateLimitedLogger limited = new RateLimitedLogger(LOG, () -> time.now().nanos());
        this.callbacks = new Callbacks(limited);
        NodeCore core = new NodeCore(builder.settings(), identity.address(), builder.random(), time.now());
        core.setBindPublic(transport.localEndpoint().isPublic());
        this.driver = new CoreDriver(core, time);
        this.operations = new Operations(callbacks);
        Events events = new Events(builder.observedAddressListener());
        this.threads = new NodeThreads(
                new NodeThreads.NodeParts(driver, transport, traffic, callbacks, operations, events),
                identity,
                builder.isServing());
        this.query = new Query(operations);
        this.records = new RecordMaker(time);
        this.publications = new Publications(driver, operations, limited);
        this.mailbox = new Mailbox(query, publications, records);
        this.subscriptions = new Subscriptions(operations, callbacks);
        this.nat = new Nat(driver);
        this.bootstrapping = new Bootstrapping(operations, builder.seedSources(), callbacks, limited);
        this.files = new NodeFiles(driver, builder.seenPeers(), builder.savedContacts(), builder.storeFile(), limited);
        files.restore();
    }

    /** What takes time, and the application's own code, goes to other threads. */
    private final class Events implements CoreEvents {

        private final Optional<BiConsumer<NodeId, Endpoint>> observedAddressListener;

        Events(Optional<BiConsumer<NodeId, Endpoint>> observedAddressListener) {
            this.observedAddressListener = observedAddressListener;
        }

        @Override
        public void onRenewalDue(long publication) {
            callbacks.run("a renewal", () -> publications.renew(publication));
        }

        @Override
        public void onHeard(long listener, VerifiedRecord record) {
            subscriptions.onHeard(listener, record);
        }

        @Override
        public void onSaveDue() {
            callbacks.run("writing files", files::save);
        }

        @Override
        public void onSeedsWanted() {
            callbacks.run("joining again", bootstrapping::joinAgain);
        }

        @Override
        public void onObserved(NodeId reporter, Endpoint observed) {
            observedAddressListener.ifPresent(listener ->
                    callbacks.run("the listener to observed addresses", () -> listener.accept(reporter, observed)));
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
            operations.open(threads.newShell());
            threads.start();
            Ed25519.rejected().forEach(reason -> LOG.warn("a signature library is not used: {}", reason));
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
        operations.close();
        driver.close();
        subscriptions.close();
        transport.close();
        threads.join();
        callbacks.close();
        files.close();
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

    /** For whom this node publishes and reads mail unless it is told otherwise. */
    public Agent agent() {
        return agent;
    }

    /** The address that the node listens on; its IP may be unspecified. */
    public Endpoint localEndpoint() {
        return transport.localEndpoint();
    }

    /** Numbers about the node. */
    public NodeStatistics statistics() {
        return driver.ask(NodeCore::statistics);
    }

    /** Numbers about its datagrams. Asks the system about the socket, so not to be called for every datagram. */
    public TrafficStatistics traffic() {
        return traffic.snapshot(transport.socket());
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
        return bootstrapping.through(seeds);
    }

    /**
     * Like {@link #bootstrapAsync}, through nodes that are known; somebody else at such an address does not count.
     *
     * @throws IllegalArgumentException if one of them lacks something or can be no node
     */
    public CompletableFuture<JoinResult> bootstrapThroughAsync(List<Contact> seeds) {
        return bootstrapping.throughContacts(seeds);
    }

    /**
     * Joins the network by all the ways that the builder was given, together: the first that leads anywhere is enough.
     * The node takes them again by itself when it has lost the others.
     */
    public JoinResult join() throws InterruptedException {
        return Operations.await(joinAsync());
    }

    /** Like {@link #join}. */
    public CompletableFuture<JoinResult> joinAsync() {
        return bootstrapping.join();
    }

    /** What this node itself keeps. */
    public LocalStore store() {
        return new LocalStore(driver, operations);
    }

    /** Whom this node knows. */
    public Peers peers() {
        return new Peers(driver);
    }

    /**
     * Tells the node that the machine is in another network now, or that its network works again. The node then forgets
     * what it measured, checks its contacts and joins again if it has to, by itself; this returns at once.
     */
    public void networkChanged() {
        var _ = operations.submit(new Command.NetworkChanged());
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
     * Publishes what this node's {@linkplain #agent() agent} says: where it can be reached, an entry under a topic, or
     * its profile. Keeps it published until the publication or the node is closed. Waits until the first copies are
     * stored; {@link Publication#state()} says how many, and {@link Publication#notices()} what else is to be known.
     */
    public Publication publish(RecordPayload payload) throws InterruptedException {
        return publish(agent, payload);
    }

    /** Like {@link #publish(RecordPayload)}. */
    public CompletableFuture<Publication> publishAsync(RecordPayload payload) {
        return publishAsync(agent, payload);
    }

    /**
     * Publishes what {@code speaker} says, like {@link #publish(RecordPayload)}. If it speaks by a delegation that ends
     * within the hour, its records are valid until then only; one that has ended is refused.
     */
    public Publication publish(Agent speaker, RecordPayload payload) throws InterruptedException {
        return Operations.await(publishAsync(speaker, payload));
    }

    /** Like {@link #publish(Agent, RecordPayload)}. */
    public CompletableFuture<Publication> publishAsync(Agent speaker, RecordPayload payload) {
        return publications.keep(() -> records.sign(speaker, payload));
    }

    /**
     * Publishes a record that was signed elsewhere, at the key that it names: its address's, its topic's or its
     * recipient's. It is checked before anything is sent, and kept in the network until it expires or the publication
     * is closed; whoever signed it renews it by having a newer one published.
     */
    public Publication publish(SignedRecord record) throws InterruptedException {
        return Operations.await(publishAsync(record));
    }

    /** Like {@link #publish(SignedRecord)}. */
    public CompletableFuture<Publication> publishAsync(SignedRecord record) {
        return publications.publish(Optional.empty(), record);
    }

    /** Like {@link #publish(SignedRecord)}, for types of topic and mailbox records that name no key. */
    public Publication publish(NodeId key, SignedRecord record) throws InterruptedException {
        return Operations.await(publishAsync(key, record));
    }

    /** Like {@link #publish(NodeId, SignedRecord)}. */
    public CompletableFuture<Publication> publishAsync(NodeId key, SignedRecord record) {
        return publications.publish(Optional.of(key), record);
    }

    /** What this node keeps published, beside the {@link Publication} that each call returned. */
    public Publications publications() {
        return publications;
    }

    // ---- mail -------------------------------------------------------------------------------------------------

    /**
     * Sends a note that only its recipient can read (wire.md section 15), signed by this node's {@linkplain #agent()
     * agent}. It lies in the network for an hour, so that the recipient need not be there now; but it must have
     * published an endpoint record that is still valid, since that has the key to seal with.
     *
     * @param type 0 to 255; see the constants of {@link io.a2al.protocol.mailbox.Mail}
     * @param body at most as long as {@link Agent#longestMail} says; a longer one is refused before anything is sent
     */
    public SendResult sendMail(Address recipient, int type, Bytes body) throws InterruptedException {
        return sendMail(agent, recipient, type, body);
    }

    /** Like {@link #sendMail(Address, int, Bytes)}. */
    public CompletableFuture<SendResult> sendMailAsync(Address recipient, int type, Bytes body) {
        return sendMailAsync(agent, recipient, type, body);
    }

    /** Like {@link #sendMail(Address, int, Bytes)}, signed by another agent. */
    public SendResult sendMail(Agent sender, Address recipient, int type, Bytes body) throws InterruptedException {
        return Operations.await(sendMailAsync(sender, recipient, type, body));
    }

    /** Like {@link #sendMail(Agent, Address, int, Bytes)}. */
    public CompletableFuture<SendResult> sendMailAsync(Agent sender, Address recipient, int type, Bytes body) {
        return mailbox.send(sender, recipient, type, body);
    }

    /** Collects and opens the notes for this node's {@linkplain #agent() agent}; they stay in the network. */
    public MailResult readMail() throws InterruptedException {
        return readMail(agent);
    }

    /** Like {@link #readMail()}. */
    public CompletableFuture<MailResult> readMailAsync() {
        return readMailAsync(agent);
    }

    /** Like {@link #readMail()}, for another agent. */
    public MailResult readMail(Agent reader) throws InterruptedException {
        return Operations.await(readMailAsync(reader));
    }

    /** Like {@link #readMail(Agent)}. */
    public CompletableFuture<MailResult> readMailAsync(Agent reader) {
        return mailbox.read(reader);
    }

    // ---- finding ----------------------------------------------------------------------------------------------

    /** Lookups of all kinds, with a choice of how they proceed. */
    public Query query() {
        return query;
    }

    /** Finds where an agent can be reached: the newest record that several holders know of (node.md 10.5). */
    public ResolveResult resolve(Address agent) throws InterruptedException {
        return query.resolve(agent);
    }

    /** Like {@link #resolve}. */
    public CompletableFuture<ResolveResult> resolveAsync(Address agent) {
        return query.resolveAsync(agent);
    }

    /** Finds the entries under a topic that {@code filter} lets pass. */
    public DiscoverResult discover(String topic, TopicFilter filter) throws InterruptedException {
        return Operations.await(discoverAsync(topic, filter));
    }

    /** Like {@link #discover}. */
    public CompletableFuture<DiscoverResult> discoverAsync(String topic, TopicFilter filter) {
        return query.aggregateAsync(Topics.keyOf(topic), RecordType.TOPIC)
                .thenApply(found -> new DiscoverResult(
                        found.records().stream()
                                .map(TopicEntry::of)
                                .filter(entry -> filter.matches(entry.payload()))
                                .toList(),
                        found.report()));
    }

    // ---- listening --------------------------------------------------------------------------------------------

    /**
     * Tells {@code consumer} of every record at a key, those there are and those to come, until the subscription or the
     * node is closed: a note once, of other records each newer one. What is stored with this node, or pushed by nodes
     * that can do that, is told at once, the rest within minutes.
     *
     * @param type the record type, 0 for any
     * @throws RefusedException at the limit of listeners
     */
    public Subscription listen(NodeId key, int type, Consumer<VerifiedRecord> consumer) {
        return subscriptions.listen(key, type, consumer);
    }

    /** Like {@link #listen}, for the entries under a topic that {@code filter} lets pass. */
    public Subscription listenTopic(String topic, TopicFilter filter, Consumer<TopicEntry> consumer) {
        return listen(Topics.keyOf(topic), RecordType.TOPIC, verified -> {
            TopicEntry entry = TopicEntry.of(verified);
            if (filter.matches(entry.payload())) {
                consumer.accept(entry);
            }
        });
    }

    /** Like {@link #listen}, for mail to this node's {@linkplain #agent() agent} that can be opened. */
    public Subscription listenMail(Consumer<ReceivedMail> consumer) {
        return listenMail(agent, consumer);
    }

    /** Like {@link #listenMail(Consumer)}, for mail to another agent. */
    public Subscription listenMail(Agent reader, Consumer<ReceivedMail> consumer) {
        return listen(reader.nodeId(), RecordType.ANY, new MailListener(reader, consumer));
    }
}
