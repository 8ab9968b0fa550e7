package io.a2al.dht;

import io.a2al.core.NodeCore;
import io.a2al.core.NodeSettings;
import io.a2al.core.NodeStatistics;
import io.a2al.core.api.AddressFamilies;
import io.a2al.core.api.Command;
import io.a2al.core.api.DropReason;
import io.a2al.core.api.LookupStep;
import io.a2al.core.api.NodeEvent;
import io.a2al.core.api.Outcome;
import io.a2al.core.api.StoredRecord;
import io.a2al.core.shell.Notices;
import io.a2al.dht.logging.RateLimitedLogger;
import io.a2al.dht.result.CallbackKind;
import io.a2al.dht.result.CallbackStatistics;
import io.a2al.dht.result.DiskStatistics;
import io.a2al.dht.result.JoinResult;
import io.a2al.dht.result.LookupStatistics;
import io.a2al.dht.result.MailResult;
import io.a2al.dht.result.PingResult;
import io.a2al.dht.result.ReceivedMail;
import io.a2al.dht.result.TaskKind;
import io.a2al.dht.result.TaskStatistics;
import io.a2al.dht.result.TopicEntry;
import io.a2al.dht.result.TrafficStatistics;
import io.a2al.dht.shell.CoreDriver;
import io.a2al.dht.shell.DurableRecords;
import io.a2al.dht.shell.IdentityCopies;
import io.a2al.dht.shell.KeptPublications;
import io.a2al.dht.shell.MailKeeper;
import io.a2al.dht.shell.NodeFiles;
import io.a2al.dht.shell.NodeThreads;
import io.a2al.dht.shell.Operations;
import io.a2al.dht.shell.Reception;
import io.a2al.dht.shell.SequenceNumbers;
import io.a2al.dht.shell.Tasks;
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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node in this process: a core with a transport, threads and files around it. Thread-safe. */
final class LocalDhtNode implements DhtNode {

    private static final Logger LOG = LoggerFactory.getLogger(DhtNode.class);

    private final Identity identity;
    private final Agent agent;
    private final Transport transport;
    private final Traffic traffic = new Traffic();
    private final TimeSource time;
    private final Tasks tasks;
    private final ApplicationCalls calls;
    private final CoreDriver driver;
    private final Operations operations;
    private final Traces traces;
    private final EventListeners listeners;
    private final Query query;
    private final RecordMaker records;
    private final KeptPublications kept;
    private final NodePublications publications;
    private final Mailbox mailbox;
    private final Subscriptions subscriptions;
    private final Nat nat;
    private final Bootstrapping bootstrapping;
    private final IdentityCopies copies;
    private final Optional<DurableRecords> durable;
    private final NodeFiles files;
    private final MailKeeper mail;
    private final NodeThreads threads;
    private final LifeCycle life = new LifeCycle(this::startParts, this::closeParts);

    LocalDhtNode(DhtNodeBuilder builder, Identity identity, Transport transport) {
        this.identity = identity;
        this.agent = builder.agentOr(identity);
        this.transport = transport;
        this.time = builder.time();
        RateLimitedLogger limited = new RateLimitedLogger(LOG, () -> time.now().nanos());
        this.tasks = new Tasks(limited);
        this.calls = new ApplicationCalls(limited);
        NodeSettings settings = builder.settings(calls);
        NodeCore core = new NodeCore(settings, identity.address(), builder.random(), time.now());
        core.setBindPublic(transport.localEndpoint().isPublic());
        core.setFamilies(AddressFamilies.ofSocket(transport.localEndpoint()));
        this.driver = new CoreDriver(core, time);
        this.durable =
                builder.durableStore().map(file -> DurableRecords.in(file, driver, builder.isStrict(), tasks, limited));
        Reception reception = new Reception(() -> time.now().nanos());
        this.operations = new Operations(tasks, reception, () -> time.now().nanos());
        NodeNotices notices = new NodeNotices(builder.observedAddressListener());
        this.threads = new NodeThreads(
                new NodeThreads.NodeParts(driver, transport, traffic, tasks, reception, notices),
                identity,
                builder.isServing(),
                durable.flatMap(DurableRecords::confirmations));
        this.traces = new Traces(operations, tasks, calls);
        this.listeners = new EventListeners(driver, tasks, calls);
        this.query = new NodeQuery(operations, traces);
        this.records = new RecordMaker(time, new SequenceNumbers(builder.sequenceFile(), limited));
        this.nat = new NodeNat(driver);
        this.kept = new KeptPublications(
                builder.publicationsFile(),
                settings.publish().limits().maxPublications(),
                () -> time.now().unixSeconds(),
                tasks,
                limited);
        this.publications =
                new NodePublications(driver, operations, records, kept, identity.address(), this::reachedAt, limited);
        this.mailbox = new Mailbox(query, publications, records);
        this.subscriptions = new Subscriptions(operations, tasks, calls);
        this.bootstrapping =
                new Bootstrapping(operations, builder.seedSources(), builder.hostResolver(), tasks, calls, limited);
        this.copies = new IdentityCopies(
                identity.address(),
                transport.localEndpoint(),
                () -> nat.status().publicEndpoint(),
                tasks,
                LOG);
        this.files = new NodeFiles(driver, builder.seenPeers(), builder.savedContacts(), durable, limited);
        files.restore(() -> threads.newShell()::handle);
        kept.restore();
        this.mail = new MailKeeper(builder.deliveredMail(), time, tasks, limited);
    }

    /** Returns the local endpoint, and the public one if it is known. */
    private List<Endpoint> reachedAt() {
        return Stream.concat(Stream.of(localEndpoint()), nat.status().publicEndpoint().stream())
                .toList();
    }

    /** Passes on what the shells notice. What takes time, and the application's own code, runs on other threads. */
    private final class NodeNotices implements Notices {

        private final Optional<BiConsumer<NodeId, Endpoint>> observedAddressListener;

        NodeNotices(Optional<BiConsumer<NodeId, Endpoint>> observedAddressListener) {
            this.observedAddressListener = observedAddressListener;
        }

        @Override
        public void dropped(Endpoint from, DropReason reason) {
            traffic.countDropped(reason);
            copies.onDropped(from, reason);
        }

        @Override
        public void accepted() {
            traffic.countAccepted();
        }

        @Override
        public void recordRefused() {
            traffic.countRefusedRecord();
        }

        @Override
        public void completed(long operation, Outcome outcome) {
            operations.complete(operation, outcome);
        }

        @Override
        public void renewalDue(long publication) {
            tasks.start(TaskKind.RENEWAL, () -> publications.renew(publication));
        }

        @Override
        public void heard(long listener, VerifiedRecord record) {
            subscriptions.onHeard(listener, record);
        }

        @Override
        public void happened(NodeEvent event) {
            listeners.onEvent(event);
        }

        @Override
        public void traced(long operation, LookupStep step) {
            traces.onStep(operation, step);
        }

        @Override
        public void persist(long number, StoredRecord record) {
            durable.ifPresent(records -> records.persist(number, record));
        }

        @Override
        public void forget(long number) {
            durable.ifPresent(records -> records.forget(number));
        }

        @Override
        public void restoreKey(NodeId key) {
            durable.ifPresent(records -> records.restoreFirst(key));
        }

        @Override
        public void saveDue() {
            tasks.start(TaskKind.FILES, files::save);
            kept.retry();
        }

        @Override
        public void seedsWanted() {
            tasks.start(TaskKind.JOIN, bootstrapping::joinAgain);
        }

        @Override
        public void observed(NodeId reporter, Endpoint observed) {
            observedAddressListener.ifPresent(listener -> tasks.execute(
                    () -> calls.run(CallbackKind.OBSERVED_ADDRESS, () -> listener.accept(reporter, observed))));
        }
    }

    // ---- life -------------------------------------------------------------------------------------------------

    @Override
    public DhtNode start() {
        life.start();
        return this;
    }

    private void startParts() {
        operations.open(threads.newShell());
        threads.startTimers();
        threads.receive();
        publications.resumeAtStart(
                Stream.of(agent, Agent.self(identity)).distinct().toList());
        Ed25519.rejected().forEach(reason -> LOG.warn("a signature library is not used: {}", reason));
        LOG.info(
                "node {} listens on {}, signatures by {}",
                address(),
                Endpoints.text(localEndpoint()),
                Ed25519.preferred());
    }

    @Override
    public void close() {
        life.close();
    }

    private void closeParts() {
        LifeCycle.takeAll(
                operations::close,
                driver::close,
                bootstrapping::close,
                subscriptions::close,
                listeners::close,
                transport::close,
                threads::join,
                kept::close,
                tasks::close,
                mail::close,
                files::close);
        LOG.info("node {} is closed", address());
    }

    @Override
    public Address address() {
        return identity.address();
    }

    @Override
    public NodeId nodeId() {
        return identity.nodeId();
    }

    @Override
    public Agent agent() {
        return agent;
    }

    @Override
    public Endpoint localEndpoint() {
        return transport.localEndpoint();
    }

    @Override
    public NodeStatistics statistics() {
        return driver.ask(NodeCore::statistics);
    }

    @Override
    public TrafficStatistics traffic() {
        return traffic.snapshot(transport.socket());
    }

    @Override
    public CallbackStatistics callbackStatistics() {
        return calls.statistics();
    }

    @Override
    public TaskStatistics taskStatistics() {
        return tasks.statistics();
    }

    @Override
    public LookupStatistics lookupStatistics() {
        return operations.lookupStatistics();
    }

    @Override
    public DiskStatistics diskStatistics() {
        return durable.map(DurableRecords::statistics).orElse(DiskStatistics.NONE);
    }

    @Override
    public Nat nat() {
        return nat;
    }

    // ---- joining ----------------------------------------------------------------------------------------------

    @Override
    public CompletableFuture<JoinResult> bootstrapAsync(List<InetSocketAddress> seeds) {
        return bootstrapping.through(Arguments.list(seeds, "seeds"));
    }

    @Override
    public CompletableFuture<JoinResult> bootstrapThroughAsync(List<Contact> seeds) {
        return bootstrapping.throughContacts(Arguments.list(seeds, "seeds"));
    }

    @Override
    public CompletableFuture<JoinResult> joinAsync() {
        return bootstrapping.join();
    }

    @Override
    public LocalStore store() {
        return new NodeLocalStore(driver, operations);
    }

    @Override
    public Peers peers() {
        return new NodePeers(driver);
    }

    @Override
    public void networkChanged() {
        var _ = operations.submit(new Command.NetworkChanged());
    }

    @Override
    public CompletableFuture<PingResult> pingAsync(InetSocketAddress to, Duration timeout) {
        Objects.requireNonNull(to, "to");
        Command ping = new Command.Ping(Endpoints.of(Endpoints.requireDialable(to)), Arguments.timeout(timeout));
        return Futures.derive(operations.submit(ping), outcome -> switch (outcome) {
            case Outcome.Answered answered ->
                new PingResult.Answered(answered.node(), answered.observed().orElseThrow(), answered.roundTrip());
            case Outcome.NoAnswer() -> new PingResult.NoAnswer();
            default -> throw Operations.unexpected(outcome);
        });
    }

    @Override
    public PeerRpc rpc() {
        return new NodePeerRpc(operations, address(), time);
    }

    // ---- publishing -------------------------------------------------------------------------------------------

    @Override
    public CompletableFuture<Publication> publishAsync(Agent speaker, RecordPayload payload) {
        Objects.requireNonNull(speaker, "speaker");
        Objects.requireNonNull(payload, "payload");
        return publications.keep(() -> records.sign(speaker, payload));
    }

    @Override
    public CompletableFuture<Publication> publishKeptAsync(Agent speaker, RecordPayload payload) {
        Objects.requireNonNull(speaker, "speaker");
        Objects.requireNonNull(payload, "payload");
        return publications.keepOverRestarts(speaker, payload);
    }

    @Override
    public CompletableFuture<Publication> publishAsync(SignedRecord record) {
        Objects.requireNonNull(record, "record");
        return publications.publish(Optional.empty(), record);
    }

    @Override
    public CompletableFuture<Publication> publishAsync(NodeId key, SignedRecord record) {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(record, "record");
        return publications.publish(Optional.of(key), record);
    }

    @Override
    public Publications publications() {
        return publications;
    }

    // ---- mail -------------------------------------------------------------------------------------------------

    @Override
    public CompletableFuture<SendResult> sendMailAsync(Agent sender, Address recipient, int type, Bytes body) {
        return mailbox.send(sender, recipient, type, body);
    }

    @Override
    public CompletableFuture<MailResult> readMailAsync(Agent reader) {
        return mailbox.read(reader);
    }

    @Override
    public Set<Bytes> deliveredMail(Agent reader) {
        return mail.deliveredTo(Objects.requireNonNull(reader, "reader").address());
    }

    @Override
    public void markDelivered(Agent reader, Bytes key, long expires) {
        Objects.requireNonNull(reader, "reader");
        mail.mark(reader.address(), Objects.requireNonNull(key, "key"), expires);
    }

    // ---- finding and listening --------------------------------------------------------------------------------

    @Override
    public Query query() {
        return query;
    }

    @Override
    public Subscription listen(NodeId key, int type, Consumer<VerifiedRecord> consumer) {
        return subscriptions.listen(key, type, CallbackKind.RECORD_CONSUMER, consumer);
    }

    @Override
    public Subscription listenTopic(String topic, TopicFilter filter, Consumer<TopicEntry> consumer) {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(filter, "filter");
        Objects.requireNonNull(consumer, "consumer");
        Consumer<VerifiedRecord> filtering = new TopicListener(filter, consumer);
        return subscriptions.listen(Topics.keyOf(topic), RecordType.TOPIC, CallbackKind.TOPIC_CONSUMER, filtering);
    }

    @Override
    public Subscription listenMail(Agent reader, Consumer<ReceivedMail> consumer) {
        Objects.requireNonNull(reader, "reader");
        Objects.requireNonNull(consumer, "consumer");
        Consumer<VerifiedRecord> opening = new MailListener(reader, consumer, mail);
        return subscriptions.listen(reader.nodeId(), RecordType.ANY, CallbackKind.MAIL_CONSUMER, opening);
    }

    @Override
    public EventSubscription listenEvents(Consumer<NodeEvent> consumer) {
        Objects.requireNonNull(consumer, "consumer");
        operations.requireOpen();
        return listeners.listen(consumer);
    }
}
