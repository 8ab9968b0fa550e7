package io.a2al.core;

import io.a2al.core.api.AddressFamilies;
import io.a2al.core.api.Admission;
import io.a2al.core.api.Command;
import io.a2al.core.api.Effect;
import io.a2al.core.api.Input;
import io.a2al.core.api.KnownNetwork;
import io.a2al.core.api.NatStatus;
import io.a2al.core.api.Origin;
import io.a2al.core.api.Outcome;
import io.a2al.core.api.PublicationState;
import io.a2al.core.api.StoredRecord;
import io.a2al.core.command.EventReports;
import io.a2al.core.command.Finder;
import io.a2al.core.command.PeerCalls;
import io.a2al.core.guard.Guard;
import io.a2al.core.guard.RequestVerdict;
import io.a2al.core.liveness.Connectivity;
import io.a2al.core.liveness.FailureDetector;
import io.a2al.core.liveness.PeerHealth;
import io.a2al.core.liveness.RoundTrip;
import io.a2al.core.lookup.LookupRunner;
import io.a2al.core.lookup.ReadRepair;
import io.a2al.core.membership.FormerContacts;
import io.a2al.core.membership.Joiner;
import io.a2al.core.membership.Pings;
import io.a2al.core.membership.Recovery;
import io.a2al.core.membership.Roaming;
import io.a2al.core.membership.TableMaintenance;
import io.a2al.core.nat.NatService;
import io.a2al.core.publish.NetworkView;
import io.a2al.core.publish.PublisherRunner;
import io.a2al.core.publish.ReplicaTotals;
import io.a2al.core.push.ListenService;
import io.a2al.core.push.PushService;
import io.a2al.core.push.PushStatistics;
import io.a2al.core.push.SubscribingQuestions;
import io.a2al.core.republish.LocalView;
import io.a2al.core.republish.RepublisherRunner;
import io.a2al.core.republish.RestoredRecords;
import io.a2al.core.routing.ContactLearning;
import io.a2al.core.routing.ContactMemory;
import io.a2al.core.routing.KeyDensity;
import io.a2al.core.routing.NetworkSnapshots;
import io.a2al.core.routing.Peers;
import io.a2al.core.routing.RoutingTable;
import io.a2al.core.routing.SeenPeers;
import io.a2al.core.rpc.HidingChecks;
import io.a2al.core.rpc.HidingPeers;
import io.a2al.core.rpc.Outbox;
import io.a2al.core.rpc.OwnAddressProofs;
import io.a2al.core.rpc.PeerVersions;
import io.a2al.core.rpc.RequestPadding;
import io.a2al.core.rpc.Requests;
import io.a2al.core.serve.DatagramAdmission;
import io.a2al.core.serve.DeferredInputs;
import io.a2al.core.serve.Deposits;
import io.a2al.core.serve.RequestHandler;
import io.a2al.core.statistics.EnumCounts;
import io.a2al.core.store.RecordIntake;
import io.a2al.core.store.RecordStore;
import io.a2al.core.time.Clockwork;
import io.a2al.core.time.NodeClock;
import io.a2al.core.time.NodeTime;
import io.a2al.core.time.ShellTime;
import io.a2al.core.time.Timers;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Envelope;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageType;
import io.a2al.protocol.message.TransactionId;
import io.a2al.protocol.record.VerifiedRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * One node of the network, as a state machine. {@link #handle} takes an input and the time and returns what is to be
 * done; {@link #nextDeadline} says when it wants to be called again although nothing came in. It never blocks, and
 * never throws on what strangers send. Equal inputs, times and random numbers give equal effects. Not thread-safe: the
 * shell lets one thread at a time in, and keeps signatures outside.
 */
public final class NodeCore {

    private final Address self;
    private final NodeClock clock;
    private final Timers timers = new Timers();
    private final Guard guard;
    private final Outbox outbox;
    private final RoutingTable table;
    private final PeerHealth health;
    private final RecordStore store;
    private final SeenPeers seen;
    private final PeerVersions versions;
    private final ContactLearning learning;
    private final NetworkSnapshots snapshots;
    private final NatService nat;
    private final FailureDetector failures;
    private final Requests requests;
    private final PeerCalls calls;
    private final OwnAddressProofs proofs;
    private final PushService pushes;
    private final ListenService listeners;
    private final RecordIntake intake;
    private final Deposits deposits;
    private final DatagramAdmission admission;
    private final RequestHandler requestHandler;
    private final DeferredInputs deferred;
    private final LookupRunner lookups;
    private final PublisherRunner publisher;
    private final RepublisherRunner republisher;
    private final RestoredRecords restored;
    private final HidingChecks hiding;
    private final ReadRepair repair;
    private final Finder finder;
    private final Joiner joiner;
    private final FormerContacts former;
    private final TableMaintenance maintenance;
    private final EnumCounts<MessageType> messages = new EnumCounts<>(MessageType.class);
    private final EventReports events;

    /**
     * Creates a node without contacts and records.
     *
     * @param self its own address, a native one
     * @param random for transaction ids and random targets; unpredictable in production, seeded in simulations
     * @param start the time from which the node lives
     * @throws IllegalArgumentException if the address is not native
     */
    public NodeCore(NodeSettings settings, Address self, RandomGenerator random, ShellTime start) {
        if (!self.isNative()) {
            throw new IllegalArgumentException("a node needs a native address, not " + self);
        }
        NodeId selfId = NodeId.ofAddress(self);
        this.self = self;
        this.clock = new NodeClock(start);
        NodeTime now = clock.now();
        Clockwork clockwork = new Clockwork(timers, random);
        long seed = random.nextLong();
        this.guard = new Guard(settings.guard(), seed, now);
        this.outbox = new Outbox(guard);
        this.table = new RoutingTable(selfId, settings.guard().subnetLimits());
        this.store = new RecordStore(settings.store(), settings.policy(), Optional.of(selfId));
        ContactMemory memory = new ContactMemory(
                settings.routing().memory(), settings.guard().subnetLimits().exempt(), seed, now.nanos());
        this.health = new PeerHealth(
                settings.connectivity().health(), settings.requests().maxPeersRemembered(), memory::roundTripTo);
        this.versions = new PeerVersions(settings.requests().maxPeersRemembered());
        this.seen = new SeenPeers(settings.routing().maxSeenPeers());
        Connectivity connectivity = new Connectivity(settings.connectivity(), now.nanos());
        this.failures = new FailureDetector(settings.connectivity().health(), health, connectivity);
        this.proofs = new OwnAddressProofs(
                settings.guard().replies().proofValidity(), settings.requests().maxPeersRemembered());
        this.requests = new Requests(
                settings.requests(),
                health,
                versions,
                clockwork,
                outbox,
                new RequestPadding(
                        settings.requests().padding(),
                        settings.assumptions(),
                        proofs,
                        settings.requests().maxPeersRemembered()),
                failures);
        Peers peers = new Peers(table, memory, seen, health, proofs);
        this.learning = new ContactLearning(
                settings.routing().verification(), settings.assumptions(), self, peers, guard, requests);
        this.nat = new NatService(settings.nat(), table, clockwork, outbox);
        this.calls = new PeerCalls(settings.requests(), self, requests, outbox);
        this.snapshots = new NetworkSnapshots(peers, learning);
        KeyDensity density = new KeyDensity(settings.routing().vicinity());
        this.lookups = new LookupRunner(
                settings.lookups(),
                new LookupRunner.Rules(
                        settings.policy(),
                        settings.guard().lookupShare(),
                        settings.guard().replicaShare(),
                        settings.assumptions(),
                        density),
                self,
                peers,
                requests,
                clockwork,
                guard);
        this.pushes =
                new PushService(settings.push(), settings.guard().subnetLimits().exempt(), learning, requests);
        SubscribingQuestions questions = new SubscribingQuestions(
                versions,
                requests,
                settings.push().listening().subscribing().tryAgainAfter(),
                settings.requests().maxPeersRemembered());
        this.listeners =
                new ListenService(settings.push(), settings.policy(), store, lookups, questions, clockwork, outbox);
        this.intake = new RecordIntake(store);
        this.deposits = new Deposits(store, intake);
        HidingPeers findings = new HidingPeers(settings.requests().maxPeersRemembered());
        this.admission = new DatagramAdmission(self, peers, requests, nat, listeners, guard);
        this.hiding = new HidingChecks(findings, selfId, requests, timers);
        this.requestHandler = new RequestHandler(self, peers, store, deposits, pushes, random, outbox);
        this.deferred = new DeferredInputs(timers, outbox, this::takeDeferred);
        this.publisher = new PublisherRunner(
                settings.publish(),
                new PublisherRunner.Rules(
                        self,
                        settings.guard().replicaShare(),
                        settings.store().retention(),
                        NetworkView.of(table, versions, density),
                        hiding),
                intake,
                lookups,
                requests,
                clockwork,
                outbox);
        LocalView view = new LocalView(
                store, table, health, settings.guard().replicaShare(), publisher::isPublished, hiding, density);
        this.republisher = new RepublisherRunner(
                settings.republish(),
                new RepublisherRunner.Rules(settings.publish().replicas(), selfId, hiding),
                view,
                requests,
                clockwork,
                now);
        this.restored = new RestoredRecords(store, republisher);
        this.repair = new ReadRepair(settings.lookups().freshness().maxReadRepairs(), store, intake, requests);
        this.finder = new Finder(settings.lookups(), settings.policy(), store, lookups, publisher, repair, outbox);
        this.joiner = new Joiner(settings.membership().joining(), self, peers, requests, lookups, clockwork, outbox);
        this.maintenance =
                new TableMaintenance(settings.membership().upkeep(), peers, store, lookups, joiner, clockwork, outbox);
        Pings pings = new Pings(self, requests);
        this.former = new FormerContacts(settings.membership().former(), pings, lookups, timers);
        Recovery recovery = new Recovery(
                settings.membership().outage(),
                peers,
                learning,
                new Recovery.Ways(pings, joiner, former),
                lookups,
                timers);

        this.events = new EventReports(table, outbox);

        // Every event that travels upwards, in the order in which its listeners hear of it.
        failures.subscribe(learning);
        List.of(memory, listeners, publisher, nat, recovery, events).forEach(failures::subscribe);
        requests.subscribe(nat);
        hiding.subscribe(publisher);
        List.of(seen, publisher, republisher, former, deposits, events).forEach(learning::subscribe);
        // Reports come first, as they say who sent a record.
        List.of(events, pushes, listeners, republisher).forEach(intake::subscribe);
        publisher.subscribe(events);
        lookups.subscribe(events);
        listeners.subscribe(events);
        store.subscribe(republisher);
        if (settings.isDurable()) {
            store.subscribe(outbox);
        }

        maintenance.begin(now);
        new Roaming(settings.routing().roaming(), selfId, memory, requests, guard, clockwork).begin(now);
        recovery.begin(now);
        nat.begin(now);
    }

    /**
     * Whether it is worth verifying a datagram: any request that keeps to the rates, but only those responses, echoes
     * and pushes that are awaited. Cheap, to be asked once per datagram and before any signature is checked.
     */
    public Admission admit(ShellTime time, Endpoint from, Envelope envelope) {
        return admission.admit(enter(time), from, envelope);
    }

    /**
     * Whether an echo probe is to be returned to its source, where no other node may be; to be asked once per probe.
     */
    public boolean mayEcho(ShellTime time, Endpoint from, Bytes probe) {
        return admission.mayEcho(enter(time), from, probe);
    }

    /**
     * Returns true if the node answered a request of ours from this IP address within the last minute. A node in client
     * mode answers the PINGs of such nodes, and of no others.
     */
    public boolean isInTouch(ShellTime time, Endpoint from, NodeId node) {
        return admission.isInTouch(enter(time), from, node);
    }

    /**
     * Takes an input and returns what is to be done, in order. A message must have been {@linkplain #admit admitted}:
     * its source and sender are checked there, before any signature, and not again.
     */
    public List<Effect> handle(ShellTime time, Input input) {
        NodeTime now = enter(time);
        if (clock.takeJump()) {
            failures.suspectOutage(now);
        }
        timers.fire(now);
        switch (input) {
            case Input.Received received -> onMessage(now, received);
            case Input.Submit submit -> {
                if (!deferred.defers(now, submit)) {
                    onCommand(now, submit.operation(), submit.command());
                }
            }
            case Input.KeyRestored(NodeId key) -> deferred.release(now, key);
            case Input.RestoreEnded() -> deferred.end(now);
            case Input.Cancel(long operation) -> cancel(now, operation);
            case Input.Unsent(TransactionId transactionId) -> requests.onUnsent(transactionId);
            case Input.Tick() -> {
                // Timers are fired above, whatever the input.
            }
        }
        return outbox.drain();
    }

    /** When {@link Input.Tick} is due, in the nanoseconds of {@link ShellTime}; {@link NodeTime#NEVER} if never. */
    public long nextDeadline() {
        return clock.toShell(timers.nextDeadline());
    }

    /** The door through which every time of the shell's comes in. */
    private NodeTime enter(ShellTime time) {
        return clock.advance(time, timers.nextDeadline());
    }

    private void onMessage(NodeTime now, Input.Received received) {
        Envelope envelope = received.envelope();
        assert !envelope.sender().equals(self) && received.from().isDialable() : "not admitted: " + received.from();
        boolean isResponse = envelope.header().type().isResponse();
        if (!isResponse && guard.isReplayed(received.from(), envelope.senderId(), envelope.transactionId())) {
            return;
        }
        versions.observe(envelope.senderId(), envelope.message());
        publisher.onMessageFrom(now, envelope.senderId(), received.from().unmapped(), isResponse);
        messages.count(envelope.header().type());
        if (isResponse) {
            requests.onResponse(now, received);
        } else if (!deferred.defers(now, received)) {
            onRequest(now, received);
        }
    }

    private void onRequest(NodeTime now, Input.Received received) {
        Envelope envelope = received.envelope();
        Contact sender = envelope.senderAt(received.from().unmapped());
        boolean isContact = table.find(sender.nodeId()).filter(sender::equals).isPresent();
        RequestVerdict verdict = guard.judge(now, received.from(), sender.nodeId(), received.length(), isContact);
        boolean isProofWanted = requestHandler.onRequest(now, received, verdict, learning.wantsProofOf(now, sender));
        nat.onRequest(now, received, verdict);
        listeners.onMessage(now, received);
        boolean looksUp =
                envelope.message() instanceof Message.FindNode || envelope.message() instanceof Message.FindValue;
        learning.heardFrom(now, sender, isProofWanted, looksUp);
    }

    private void takeDeferred(NodeTime now, Input input) {
        switch (input) {
            case Input.Received received -> onRequest(now, received);
            case Input.Submit(long operation, Command command) -> onCommand(now, operation, command);
            default -> throw new IllegalArgumentException("not an input that is deferred: " + input);
        }
    }

    private void cancel(NodeTime now, long operation) {
        deferred.cancel(operation);
        finder.cancel(operation);
        calls.cancel(operation);
        publisher.cancel(now, operation);
        joiner.cancel(operation);
        nat.cancel(operation);
    }

    private void onCommand(NodeTime now, long operation, Command command) {
        switch (command) {
            case Command.Ping ping -> calls.ping(now, operation, ping);
            case Command.Ask ask -> calls.ask(now, operation, ask);
            case Command.Bootstrap bootstrap -> joiner.bootstrap(now, operation, bootstrap);
            case Command.FindNode find -> finder.findNode(now, operation, find);
            case Command.FindRecords find -> finder.findRecords(now, operation, find);
            case Command.Listen listen -> listeners.listen(now, operation, listen);
            case Command.StopListening stop -> listeners.stop(operation, stop);
            case Command.ProbeNat probe -> nat.probe(now, operation, probe);
            case Command.Publish publish -> publisher.publish(now, operation, publish);
            case Command.Renew renew -> publisher.renew(now, operation, renew);
            case Command.Unpublish unpublish -> publisher.unpublish(now, operation, unpublish);
            case Command.UnpublishAll unpublish -> publisher.unpublishAll(now, operation, unpublish);
            case Command.PutLocally(NodeId key, VerifiedRecord record) ->
                outbox.complete(
                        operation, new Outcome.Put(intake.put(now, key, record, Origin.LOCAL, Optional.empty())));
            case Command.AwaitRestored(NodeId key) -> outbox.complete(operation, new Outcome.Noted());
            case Command.NetworkChanged() -> {
                failures.onNetworkChanged(now);
                outbox.complete(operation, new Outcome.Noted());
            }
        }
    }

    /** Tells the node whether its socket is bound to an address of the public internet; it is not by default. */
    public void setBindPublic(boolean value) {
        nat.setBindPublic(value);
    }

    /** Begins or ceases to report {@link Effect.Happened}; it does not at first. */
    public void wantEvents(boolean wanted) {
        events.want(wanted);
    }

    /** Tells the node for which address families it has a socket; it does not ask contacts of others. */
    public void setFamilies(AddressFamilies families) {
        requests.setFamilies(families);
    }

    /** Tells the node the IP that others see it at, whatever the port; nothing to go by what they say. */
    public void setExternalIp(ShellTime time, Optional<Endpoint> ip) {
        nat.setExternalIp(enter(time), ip);
    }

    /** How the network sees the node. */
    public NatStatus natStatus(ShellTime time) {
        return nat.status(enter(time));
    }

    /** The contacts in the routing table, by bucket, each bucket least recently proven first. */
    public List<Contact> contacts() {
        return table.contacts();
    }

    /**
     * Takes the application's word for a contact, without a PING; see {@link RoutingTable.Offer} for the
     * result.
     */
    public RoutingTable.Offer addContact(ShellTime time, Contact contact) {
        return learning.add(enter(time), contact);
    }

    /** Up to {@code max} contacts at different endpoints that are worth trying after a restart, best first. */
    public List<Contact> bestContacts(ShellTime time, int max) {
        return learning.best(enter(time), max);
    }

    /** What is worth keeping of the network for the next start, with up to {@code max} peers. */
    public KnownNetwork knownNetwork(ShellTime time, int max) {
        return snapshots.known(enter(time), max);
    }

    /** Takes what was known of the network before a restart; none of its peers becomes a contact before it answers. */
    public void restore(ShellTime time, KnownNetwork earlier) {
        snapshots.restore(enter(time), earlier);
    }

    /** How well a peer answers. */
    public PeerHealth.State healthOf(ShellTime time, NodeId peer) {
        return health.stateOf(peer, enter(time).nanos());
    }

    /** The smoothed round-trip time to a peer; nothing for one that was never measured. */
    public Optional<Duration> roundTripTo(NodeId peer) {
        return Optional.of(health.roundTripOf(peer))
                .filter(RoundTrip::isKnown)
                .map(known -> Duration.ofNanos(known.nanos()));
    }

    /** What the node keeps, for itself and for others; what is put in here directly is told to no subscriber. */
    public RecordStore store() {
        return store;
    }

    /**
     * Tells the node that records of an earlier run will be restored while it works, until {@link Input.RestoreEnded}.
     * Until then, what needs the records of a key waits for {@link Input.KeyRestored}, for a second at most.
     */
    public void beginRestore() {
        deferred.begin();
    }

    /** Returns whether records of an earlier run are being restored. */
    public boolean isRestoring() {
        return deferred.isRestoring();
    }

    /**
     * Takes back records that the store held before a restart; subscribers and listeners are not told.
     *
     * @param records by their numbers of that time, which are negative
     * @return the numbers of those that the store holds now
     */
    public Set<Long> restore(ShellTime time, SequencedMap<Long, StoredRecord> records) {
        return restored.takeBack(enter(time), records);
    }

    /** Takes records that another store held; subscribers and listeners are not told. Returns how many are held now. */
    public int adopt(ShellTime time, List<StoredRecord> records) {
        return restored.adopt(enter(time), records);
    }

    /** Which peers answered lately. The shell restores them after the start, and reads them to write them to a file. */
    public SeenPeers seenPeers() {
        return seen;
    }

    /** How widely the record of a publication is held; nothing for one that is over. */
    public Optional<PublicationState> publication(ShellTime time, long publication) {
        return publisher.state(enter(time), publication);
    }

    /** How widely each record is held that is published here at {@code key} and speaks for {@code address}. */
    public List<PublicationState> publications(ShellTime time, NodeId key, Address address) {
        return publisher.states(enter(time), key, address);
    }

    /** How widely all records are held that are published here; takes time in proportion to their number. */
    public ReplicaTotals replicaTotals() {
        return publisher.replicaTotals();
    }

    /** Numbers about the node. */
    public NodeStatistics statistics() {
        return new NodeStatistics(
                table.statistics(health, clock.now().nanos()),
                store.statistics(),
                deferred.statistics(),
                NodeStatistics.Messages.of(messages.snapshot(), outbox.sent()),
                requests.statistics(),
                lookups.statistics(repair.sent()),
                new NodeStatistics.Learning(
                        learning.proofs(),
                        proofs.occupancy(),
                        learning.recentContacts(),
                        learning.clients(),
                        deposits.occupancy()),
                publisher.statistics(),
                republisher.statistics(),
                hiding.statistics(),
                nat.statistics(),
                PushStatistics.of(pushes, listeners),
                maintenance.statistics(former.occupancy()),
                guard.statistics());
    }
}
