package io.a2al.core.testing;

import io.a2al.core.api.Command;
import io.a2al.core.api.PublicationState;
import io.a2al.core.guard.SubnetShare;
import io.a2al.core.publish.NetworkView;
import io.a2al.core.publish.PublishSettings;
import io.a2al.core.publish.PublishStep;
import io.a2al.core.publish.Publisher;
import io.a2al.core.publish.Selection;
import io.a2al.core.store.Retention;
import io.a2al.core.time.NodeTime;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Message.StoreResponse;
import io.a2al.protocol.record.RecordOrder;
import io.a2al.protocol.record.RecordSlot;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * A {@link Publisher} stepped under a virtual clock. The test plays all other nodes: which there are, what they hold,
 * how they answer. Answers take 50 ms, lookups half a second, timeouts two seconds.
 */
public final class Neighbourhood {

    public static final Duration ROUND_TRIP = Duration.ofMillis(50);
    public static final Duration LOOKUP = Duration.ofMillis(500);
    public static final Duration TIMEOUT = Duration.ofSeconds(2);
    public static final long UNIX = Fixtures.NOW;

    /** How a node answers a STORE. */
    public enum Manner {
        /** Stores the record and says so, even if it had it. */
        PLAIN,
        /** Stores the record, but says no if it had it, as nodes of an older protocol version do. */
        DENIES_WHAT_IT_HAS,
        /** Says no, without a reason. */
        REFUSES,
        /** Says no, without a reason, to records whose timestamp is too far in the future. */
        REFUSES_THE_FUTURE,
        /** Says no because of its policy. */
        REFUSES_BY_POLICY,
        /** Says that the record is invalid. */
        FINDS_INVALID
    }

    private record Place(NodeId key, RecordSlot slot) {}

    /** Another node. */
    public static final class Node {
        public final Contact contact;
        private final Map<Place, VerifiedRecord> held = new HashMap<>();
        public boolean alive = true;
        public Manner manner = Manner.PLAIN;

        Node(Contact contact) {
            this.contact = contact;
        }

        public NodeId id() {
            return contact.nodeId();
        }

        public boolean holds(VerifiedRecord record) {
            return held.containsValue(record);
        }

        public void loseEverything() {
            held.clear();
        }

        private StoreResponse store(PublishStep.Store store, long unixSeconds) {
            Place place = new Place(store.key(), RecordSlot.of(store.record().record()));
            VerifiedRecord old = held.get(place);
            boolean had = old != null && !RecordOrder.isNewer(store.record(), old);
            return switch (manner) {
                case PLAIN, DENIES_WHAT_IT_HAS -> {
                    if (!had) {
                        held.put(place, store.record());
                    }
                    yield StoreResponse.of(!had || manner == Manner.PLAIN);
                }
                case REFUSES -> StoreResponse.of(false);
                case REFUSES_THE_FUTURE -> {
                    boolean future = store.record().record().timestamp() > unixSeconds + VerifiedRecord.CLOCK_TOLERANCE;
                    if (!future && !had) {
                        held.put(place, store.record());
                    }
                    yield StoreResponse.of(!future);
                }
                case REFUSES_BY_POLICY -> new StoreResponse(false, false, StoreResponse.REASON_POLICY);
                case FINDS_INVALID -> new StoreResponse(false, false, StoreResponse.REASON_INVALID);
            };
        }

        private List<VerifiedRecord> read(NodeId key, int type) {
            return held.entrySet().stream()
                    .filter(entry -> entry.getKey().key().equals(key)
                            && entry.getValue().record().type() == type)
                    .map(Map.Entry::getValue)
                    .toList();
        }
    }

    private record Event(long at, long sequence, Runnable action) {}

    /** An action and when it was wanted, since the beginning. */
    public record Step(Duration at, PublishStep action) {}

    public final Identity identity = Fixtures.A;
    public final List<Step> log = new ArrayList<>();
    public final Publisher publisher;

    /** Nodes that understand the newer protocol version. */
    public final Set<NodeId> newer = new HashSet<>();

    /** How many nodes the publisher believes that the network has, if that is wrong. */
    public OptionalLong estimatedSize = OptionalLong.empty();

    /** Nodes that are known to hide each record. */
    public final Set<NodeId> hiding = new HashSet<>();

    /** How many more nodes a lookup finds because the key looks surrounded; 0 if it does not. */
    public int around;

    private static final long ORIGIN = -Duration.ofDays(1).toNanos();

    private final SplittableRandom random = new SplittableRandom(7);
    private final Map<NodeId, Node> nodes = new LinkedHashMap<>();
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::sequence));
    private long now = ORIGIN;

    /** When the publisher is asked again. */
    private long wakeAt = ORIGIN;

    private long sequence;
    private long clockError;
    private int requestsUnderWay;
    private int lookupsUnderWay;
    private int mostRequests;
    private int mostLookups;
    private boolean answersAreCut;
    private long nextPublication = 1;

    public Neighbourhood(int size) {
        this(size, PublishSettings.DEFAULT);
    }

    public Neighbourhood(int size, PublishSettings settings) {
        this(size, settings, SubnetShare.NONE);
    }

    public Neighbourhood(int size, PublishSettings settings, SubnetShare subnets) {
        Selection selection = new Selection(subnets, (record, node, at) -> hiding.contains(node), network());
        publisher = new Publisher(settings, selection, Retention.DEFAULT, new SplittableRandom(1));
        for (int i = 0; i < size; i++) {
            add();
        }
    }

    private NetworkView network() {
        return new NetworkView() {
            @Override
            public long size() {
                return estimatedSize.orElse(nodes.size());
            }

            @Override
            public boolean isNewer(NodeId node) {
                return newer.contains(node);
            }
        };
    }

    /** Adds a node that the publisher does not know yet, in the network where all nodes are. */
    public Node add() {
        return add(Fixtures.ipv4("cb007107", 1000 + nodes.size()));
    }

    /** Adds a node at this endpoint. */
    public Node add(Endpoint endpoint) {
        byte[] address = Fixtures.random(random, Address.LENGTH).toArray();
        address[0] = (byte) Address.NATIVE;
        Node node = new Node(Contact.of(Address.of(Bytes.copyOf(address)), endpoint));
        nodes.put(node.id(), node);
        return node;
    }

    /** Adds a node that is nearer to the key than all others. */
    public Node addNearest(NodeId key) {
        NodeId nearest = byDistance(key).getFirst().id();
        Node node = add();
        while (!key.isNearer(node.id(), nearest)) {
            nodes.remove(node.id());
            node = add();
        }
        return node;
    }

    /** Returns all nodes, also those that do not answer, nearest first. */
    public List<Node> byDistance(NodeId key) {
        return nodes.values().stream()
                .sorted((a, b) -> key.compareDistance(a.id(), b.id()))
                .toList();
    }

    public List<Node> nearestLiving(NodeId key, int count) {
        return byDistance(key).stream().filter(node -> node.alive).limit(count).toList();
    }

    public List<Node> holders(VerifiedRecord record) {
        return nodes.values().stream()
                .filter(node -> node.alive && node.holds(record))
                .toList();
    }

    public void cutAnswers() {
        answersAreCut = true;
    }

    // ---- the publisher ----------------------------------------------------------------------------------------

    /** The publisher's wall clock. */
    public long unixSeconds() {
        return UNIX + clockError + sinceStart().toSeconds();
    }

    /** Sets the publisher's wall clock this many seconds ahead of those of all other nodes. */
    public void setClockError(long seconds) {
        clockError = seconds;
    }

    public Duration sinceStart() {
        return Duration.ofNanos(now - ORIGIN);
    }

    public NodeTime now() {
        return new NodeTime(now, unixSeconds());
    }

    public VerifiedRecord endpoint(long sequenceNumber, long ttl) {
        return TestRecords.endpoint(identity, "v" + sequenceNumber, sequenceNumber, unixSeconds(), ttl);
    }

    public long publish(VerifiedRecord record) {
        return publish(record, true);
    }

    public long publish(VerifiedRecord record, boolean renewable) {
        long id = nextPublication++;
        publisher.publish(now(), id, new Command.Publish(record.contentKey().orElseThrow(), record, renewable));
        proceed();
        return id;
    }

    public long renew(long publication, VerifiedRecord record) {
        long operation = nextPublication++;
        publisher.renew(now(), operation, new Command.Renew(publication, record));
        proceed();
        return operation;
    }

    public PublicationState state(long publication) {
        return publisher.state(now(), publication).orElseThrow();
    }

    /** Lets time pass. */
    public void run(Duration duration) {
        long until = now + duration.toNanos();
        while (!events.isEmpty() && events.element().at() - until <= 0) {
            Event event = events.remove();
            now = Math.max(now, event.at());
            event.action().run();
            proceed();
        }
        now = until;
        proceed();
    }

    /** Carries out what the publisher wants done. */
    public void proceed() {
        while (true) {
            PublishStep next = publisher.next(now());
            switch (next) {
                case PublishStep.Wait(long until) -> {
                    if (until != Long.MAX_VALUE && (wakeAt - now <= 0 || until - wakeAt < 0)) {
                        wakeAt = Math.max(until, now);
                        at(wakeAt, () -> {});
                    }
                    return;
                }
                case PublishStep.FindNearest search -> find(search);
                case PublishStep.Request request -> ask(request);
                case PublishStep.Settled settled -> note(settled);
                case PublishStep.AskForRenewal renewal -> note(renewal);
                case PublishStep.ReplicaLost lost -> note(lost);
            }
        }
    }

    private void note(PublishStep action) {
        log.add(new Step(sinceStart(), action));
    }

    private void at(long when, Runnable action) {
        events.add(new Event(when, sequence++, action));
    }

    private void find(PublishStep.FindNearest search) {
        note(search);
        mostLookups = Math.max(mostLookups, ++lookupsUnderWay);
        at(now + LOOKUP.toNanos(), () -> {
            lookupsUnderWay--;
            List<Node> found = nearestLiving(search.key(), 16);
            found.forEach(node -> heard(node));
            publisher.onNearest(
                    now(),
                    search,
                    found.stream().map(node -> node.contact).toList(),
                    nearestLiving(search.key(), around).stream()
                            .map(node -> node.contact)
                            .toList());
        });
    }

    /** Passes a response of the node to the publisher. */
    public void heard(Node node) {
        publisher.onMessageFrom(now(), node.id(), node.contact.endpoint(), true);
    }

    private void ask(PublishStep.Request request) {
        note(request);
        mostRequests = Math.max(mostRequests, ++requestsUnderWay);
        Node node = Objects.requireNonNull(nodes.get(request.to().nodeId()));
        if (!node.alive) {
            at(now + TIMEOUT.toNanos(), () -> {
                requestsUnderWay--;
                publisher.onTimeout(now(), request);
            });
            return;
        }
        at(now + ROUND_TRIP.toNanos(), () -> {
            requestsUnderWay--;
            heard(node);
            switch (request) {
                case PublishStep.Store store ->
                    publisher.onStoreAnswer(
                            now(), store, node.store(store, UNIX + sinceStart().toSeconds()));
                case PublishStep.Read read ->
                    publisher.onReadAnswer(
                            now(),
                            read,
                            node.read(read.key(), read.record().record().type()),
                            answersAreCut);
                case PublishStep.Ping ping -> publisher.onPong(now(), ping);
            }
        });
    }

    // ---- what happened ----------------------------------------------------------------------------------------

    public <T extends PublishStep> List<T> actions(Class<T> kind) {
        return actions(kind, action -> true);
    }

    public <T extends PublishStep> List<T> actions(Class<T> kind, Predicate<T> wanted) {
        return log.stream()
                .map(Step::action)
                .filter(kind::isInstance)
                .map(kind::cast)
                .filter(wanted)
                .toList();
    }

    public List<PublishStep.Settled> settled() {
        return actions(PublishStep.Settled.class);
    }

    public int mostRequests() {
        return mostRequests;
    }

    public int mostLookups() {
        return mostLookups;
    }
}
