package io.a2al.sim.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Command;
import io.a2al.core.api.LookupReport;
import io.a2al.core.api.Origin;
import io.a2al.core.api.Outcome;
import io.a2al.core.api.StoredRecord;
import io.a2al.core.bounds.Occupancy;
import io.a2al.core.store.StoreLimits;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.TransactionId;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.sim.Profiles;
import io.a2al.sim.Progress;
import io.a2al.sim.Simulation;
import io.a2al.sim.SimulationOptions;
import io.a2al.sim.engine.Purpose;
import io.a2al.sim.network.AddressPlan;
import io.a2al.sim.network.Datagram;
import io.a2al.sim.work.Agent;
import io.a2al.sim.work.Agents;
import io.a2al.sim.world.SimEvent;
import io.a2al.sim.world.SimNode;
import io.a2al.sim.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Checkers report states and events that are wrong, and nothing in the state of a real run. */
class InvariantsTest {

    private static final Endpoint UNVERIFIED = AddressPlan.inPrefix(5_000_000, 0);

    private final List<Agents> agents = new ArrayList<>();
    private final World world;
    private final SimNode node;
    private final List<String> reports = new ArrayList<>();
    private final Checker.Reporter reporter = (message, participants) -> reports.add(message);

    InvariantsTest() {
        SimulationOptions calm = Profiles.find("calm").orElseThrow();
        Simulation simulation = new Simulation(
                calm.withNodes(20)
                        .withDuration(Duration.ZERO)
                        .withLife(calm.life().withJoining(Duration.ofSeconds(5)))
                        .withWork(calm.work().withRecords(5)),
                present -> {
                    agents.add(present);
                    return List.of();
                });
        simulation.run(Progress.NONE);
        world = simulation.world();
        node = world.nodes().get(3);
    }

    private List<Contact> contacts() {
        return new ArrayList<>(node.core().orElseThrow().contacts());
    }

    private Contact unknownContact(Endpoint endpoint) {
        return Contact.of(
                world.crypto()
                        .newKeys(world.streams().of(Purpose.SAMPLE, reports.size() + endpoint.hashCode()))
                        .address(),
                endpoint);
    }

    private List<String> events(Checker checker, SimEvent... events) {
        reports.clear();
        for (SimEvent event : events) {
            checker.afterEvent(world, event, reporter);
        }
        return reports;
    }

    private void runFor(Duration time) {
        long until = world.now() + time.toNanos();
        while (world.queue().nextTime() <= until) {
            world.queue().runNext();
        }
        world.queue().advanceTo(until);
    }

    private Datagram datagram(Message message) {
        TransactionId transaction = TransactionId.generate(world.streams().of(Purpose.SAMPLE, 1));
        return world.encode(transaction, message, node.keys().signer());
    }

    // ---- routing tables ---------------------------------------------------------------------------------------

    private List<String> table(List<Contact> contacts) {
        reports.clear();
        new RoutingTableChecker().check(world, node, contacts, reporter);
        return reports;
    }

    @Test
    void tablesOfARealRunAreValid() {
        new RoutingTableChecker().atInterval(world, reporter);
        assertThat(reports).isEmpty();
        assertThat(contacts()).hasSizeGreaterThan(10);
    }

    /** Simulates a node that adds a contact named by an application without verifying it. */
    @Test
    void aContactAtAnAddressWithoutAHostIsReported() {
        node.core().orElseThrow().addContact(node.now(), unknownContact(UNVERIFIED));
        for (int i = 0; i < world.nodes().size(); i++) {
            new RoutingTableChecker().atInterval(world, reporter);
        }
        assertThat(reports).isNotEmpty().allMatch(report -> report.contains("where it never was"));
    }

    @Test
    void aContactAtTheAddressOfAnotherNodeIsReported() {
        List<Contact> contacts = contacts();
        Contact moved = contacts.getFirst().at(contacts.getLast().endpoint());
        contacts.set(0, moved);
        assertThat(table(contacts)).anyMatch(report -> report.contains("where it never was"));
    }

    @Test
    void theNodeItselfAndDuplicatesAreReported() {
        List<Contact> contacts = contacts();
        contacts.add(Contact.of(node.keys().address(), node.host().endpoint()));
        assertThat(table(contacts)).containsExactly("the routing table contains the node itself");
        List<Contact> twice = contacts();
        twice.add(twice.getFirst());
        assertThat(table(twice)).anyMatch(report -> report.contains("twice"));
    }

    @Test
    void tooManyContactsInABucketOrOfANetworkAreReported() {
        List<Contact> crowd = IntStream.range(0, 60)
                .mapToObj(i -> unknownContact(AddressPlan.inPrefix(5_000_001, i)))
                .toList();
        assertThat(table(crowd))
                .anyMatch(report -> report.contains("more than 16 contacts in bucket"))
                .anyMatch(report -> report.contains("more than 2 contacts of one network in bucket"))
                .anyMatch(report -> report.contains("more than 10 contacts of one network"));
    }

    // ---- stores and limits ------------------------------------------------------------------------------------

    private List<String> store(StoreLimits limits, StoredRecord... kept) {
        reports.clear();
        new StoreChecker().check(world, node, limits, List.of(kept), reporter);
        return reports;
    }

    @Test
    void recordsThatAreTooManyAtTheWrongKeyOrForgedAreReported() {
        new StoreChecker().atInterval(world, reporter);
        assertThat(reports).isEmpty();
        Agent agent = agents.getFirst().all().getFirst();
        StoredRecord good = new StoredRecord(agent.key(), agent.signNext(3600), Origin.LOCAL);
        StoreLimits limits = node.settings().store();
        assertThat(store(limits, good)).isEmpty();
        assertThat(store(limits, new StoredRecord(NodeId.ZERO, good.record(), Origin.LOCAL)))
                .singleElement()
                .asString()
                .contains("is stored at");
        StoredRecord[] many = IntStream.range(0, 9).mapToObj(i -> good).toArray(StoredRecord[]::new);
        assertThat(store(limits, many)).singleElement().asString().contains("more than 8 records");
        // Signatures of a run with another secret are not valid in this one.
        Agents elsewhere = new OtherRun().agents();
        VerifiedRecord foreign = elsewhere.all().getFirst().signNext(3600);
        assertThat(store(limits, new StoredRecord(elsewhere.all().getFirst().key(), foreign, Origin.LOCAL)))
                .singleElement()
                .asString()
                .contains("no valid signature");
    }

    /** A run with another seed. */
    private static final class OtherRun {

        private final List<Agents> found = new ArrayList<>();

        Agents agents() {
            SimulationOptions other =
                    Profiles.find("calm").orElseThrow().withNodes(5).withSeed(99);
            new Simulation(other, present -> {
                found.add(present);
                return List.of();
            });
            return found.getFirst();
        }
    }

    @Test
    void collectionsOverTheirLimitAreReported() {
        OccupancyChecker checker = new OccupancyChecker();
        checker.atInterval(world, reporter);
        assertThat(reports).isEmpty();
        checker.check(node, Map.of("store.keys", new Occupancy(5, 5), "table.contacts", new Occupancy(6, 5)), reporter);
        assertThat(reports).containsExactly("table.contacts has 6 of 5");
    }

    // ---- records ----------------------------------------------------------------------------------------------

    @Test
    void expiredRecordsThatAreReturnedAreReported() {
        VerifiedRecord good = agents.getFirst().all().getFirst().signNext(3600);
        VerifiedRecord brief = agents.getFirst().all().getFirst().signNext(1);
        ExpiryChecker checker = new ExpiryChecker();
        assertThat(events(checker, found(good), found(brief))).isEmpty();
        runFor(Duration.ofMinutes(1));
        assertThat(events(checker, found(good))).isEmpty();
        assertThat(events(checker, found(brief), new SimEvent.Heard(world.now(), 3, 1, brief)))
                .hasSize(2)
                .allMatch(report -> report.contains("expired"));
    }

    private SimEvent found(VerifiedRecord record) {
        return new SimEvent.Completed(
                world.now(), 3, 1, new Outcome.Records(List.of(record), LookupReport.NO_REQUESTS));
    }

    @Test
    void moreReplicasThanWantedOrConfirmedAreReported() {
        Agent agent = agents.getFirst().all().getFirst();
        VerifiedRecord record = agent.signNext(3600);
        SimEvent published = new SimEvent.Submitted(1, 3, 1, new Command.Publish(agent.key(), record));
        SimEvent stored = new SimEvent.Arrived(2, 3, UNVERIFIED, datagram(Message.StoreResponse.of(true)));
        SimEvent refused = new SimEvent.Arrived(
                2, 3, AddressPlan.inPrefix(5_000_001, 0), datagram(Message.StoreResponse.of(false)));
        assertThat(events(new ReplicaChecker(), published, stored, done(1, 8))).isEmpty();
        assertThat(events(new ReplicaChecker(), published, stored, refused, done(2, 8)))
                .containsExactly("2 replicas were counted, but only 1 confirmed");
        assertThat(events(new ReplicaChecker(), published, done(9, 8)))
                .containsExactly("9 replicas were counted, but only 8 are wanted");
    }

    private static SimEvent done(int replicas, int wanted) {
        return new SimEvent.Completed(3, 3, 1, new Outcome.Stored(replicas, wanted));
    }

    // ---- datagrams --------------------------------------------------------------------------------------------

    @Test
    void moreThanThreeTimesTheReceivedBytesAreReported() {
        Datagram request = datagram(new Message.FindNode(NodeId.ZERO));
        Datagram pong = datagram(new Message.Pong(node.keys().address(), UNVERIFIED));
        SimEvent received = new SimEvent.Arrived(1, 0, UNVERIFIED, request);
        SimEvent sent = new SimEvent.Sent(2, 0, UNVERIFIED, UNVERIFIED, pong);
        assertThat(events(new AmplificationChecker(), received, sent, sent, sent))
                .isEmpty();
        assertThat(events(new AmplificationChecker(), received, sent, sent, sent, sent))
                .singleElement()
                .asString()
                .contains("unverified endpoint");
        // Bytes sent minutes later count as well.
        SimEvent later = new SimEvent.Sent(Duration.ofMinutes(2).toNanos(), 0, UNVERIFIED, UNVERIFIED, request);
        assertThat(events(new AmplificationChecker(), received, sent, sent, sent, later))
                .hasSize(1);
        // The node may retry its own request.
        SimEvent requested = new SimEvent.Sent(0, 0, UNVERIFIED, UNVERIFIED, request);
        assertThat(events(new AmplificationChecker(), requested, received, sent, requested, requested, requested))
                .isEmpty();
    }

    /** A request from the unverified endpoint. */
    private SimEvent received() {
        return new SimEvent.Arrived(1, 0, UNVERIFIED, datagram(new Message.FindNode(NodeId.ZERO)));
    }

    private Message answer() {
        return new Message.Pong(node.keys().address(), UNVERIFIED);
    }

    private SimEvent sent() {
        return new SimEvent.Sent(2, 0, UNVERIFIED, UNVERIFIED, datagram(answer()));
    }

    private SimEvent requested() {
        return new SimEvent.Sent(
                2,
                0,
                UNVERIFIED,
                UNVERIFIED,
                datagram(new Message.Ping(node.keys().address())));
    }

    /** The response to {@link #requested()}, which verifies the endpoint. */
    private SimEvent response() {
        return new SimEvent.Arrived(3, 0, UNVERIFIED, datagram(answer()));
    }

    @Test
    void onlyASignedResponseToAnOwnRequestVerifiesAnEndpoint() {
        assertThat(events(
                        new AmplificationChecker(),
                        received(),
                        requested(),
                        response(),
                        sent(),
                        sent(),
                        sent(),
                        sent()))
                .isEmpty();
        assertThat(events(new AmplificationChecker(), received(), response(), sent(), sent(), sent(), sent()))
                .as("no request was sent")
                .hasSize(1);
        byte[] bytes = datagram(answer()).bytes().clone();
        bytes[bytes.length - 1] ^= 1;
        SimEvent forged = new SimEvent.Arrived(3, 0, UNVERIFIED, Datagram.copyOf(bytes, bytes.length));
        assertThat(events(new AmplificationChecker(), received(), requested(), forged, sent(), sent(), sent()))
                .as("invalid signature")
                .hasSize(1);
        SimEvent elsewhere = new SimEvent.Arrived(3, 0, AddressPlan.inPrefix(5_000_001, 0), datagram(answer()));
        assertThat(events(new AmplificationChecker(), received(), requested(), elsewhere, sent(), sent(), sent()))
                .as("from another address")
                .hasSize(1);
        AmplificationChecker expired = new AmplificationChecker();
        assertThat(events(expired, requested(), response())).isEmpty();
        runFor(Duration.ofMinutes(11));
        assertThat(events(expired, received(), sent(), sent(), sent(), sent()))
                .as("longer than ten minutes ago")
                .hasSize(1);
    }

    /** Answers count always, as there are none without a request; a request may be the node's own by then. */
    @Test
    void aRequestThatComesAMinuteAfterTheLastOneFromThereIsTheNodesOwn() {
        AmplificationChecker soon = new AmplificationChecker();
        AmplificationChecker later = new AmplificationChecker();
        AmplificationChecker answers = new AmplificationChecker();
        for (AmplificationChecker checker : List.of(soon, later, answers)) {
            assertThat(events(checker, received(), sent(), sent(), sent())).isEmpty();
        }
        assertThat(events(soon, requested())).hasSize(1);
        runFor(Duration.ofSeconds(61));
        assertThat(events(later, requested(), requested())).isEmpty();
        assertThat(events(answers, sent())).hasSize(1);
    }

    /** A node at its limits forgets early that an endpoint is verified, and then counts what arrives from it. */
    @Test
    void bytesFromAVerifiedEndpointCountAfterItsVerificationHasExpired() {
        AmplificationChecker fewSent = new AmplificationChecker();
        AmplificationChecker manySent = new AmplificationChecker();
        assertThat(events(fewSent, requested(), response(), received(), sent())).isEmpty();
        assertThat(events(manySent, requested(), response(), received(), sent(), sent(), sent(), sent()))
                .isEmpty();
        runFor(Duration.ofMinutes(11));
        assertThat(events(fewSent, received(), sent(), sent(), sent(), sent(), sent()))
                .isEmpty();
        assertThat(events(fewSent, sent())).hasSize(1);
        assertThat(events(manySent, received(), sent(), sent(), sent())).isEmpty();
        assertThat(events(manySent, sent())).hasSize(1);
    }

    @Test
    void aDatagramThatVanishesIsReported() {
        List<Checker> checkers = List.of(new ConservationChecker());
        SimulationOptions calm =
                Profiles.find("calm").orElseThrow().withNodes(5).withDuration(Duration.ZERO);
        SimulationOptions lossy =
                calm.withLinks(calm.links().withLoss(0.1).withDuplication(0.1).withBitsPerSecond(100_000));
        assertThat(new Simulation(lossy, present -> checkers).run(Progress.NONE).violation())
                .isEmpty();
        World empty = new Simulation(calm).world();
        Checker checker = checkers.getFirst();
        checker.afterEvent(
                empty,
                new SimEvent.Sent(1, 0, UNVERIFIED, UNVERIFIED, datagram(new Message.FindNode(NodeId.ZERO))),
                reporter);
        checker.atInterval(empty, reporter);
        assertThat(reports).singleElement().asString().contains("datagrams were sent");
    }

    // ---- the end ----------------------------------------------------------------------------------------------

    @Test
    void unknownNeighboursAndMissingReplicasAreReported() {
        runFor(Duration.ofMinutes(28));
        NeighbourhoodChecker good = new NeighbourhoodChecker(agents.getFirst());
        good.afterEvent(world, new SimEvent.Started(1, 3), reporter);
        good.atEnd(world, reporter);
        assertThat(reports).isEmpty();
        good.check(world, node, List.of(), reporter);
        assertThat(reports).containsExactly("the node does not know 8 of its 8 nearest neighbours");
        reports.clear();
        Agent agent = agents.getFirst().all().getFirst();
        for (SimNode other : world.nodes()) {
            if (other != agent.home()) {
                other.core().orElseThrow().store().remove(agent.key(), 0);
            }
        }
        good.atEnd(world, reporter);
        assertThat(reports).containsExactly("record " + agent.number() + " has 1 replicas of 8");
        reports.clear();
        good.afterEvent(world, new SimEvent.Started(world.now(), 3), reporter);
        good.atEnd(world, reporter);
        assertThat(reports).isEmpty();
    }
}
