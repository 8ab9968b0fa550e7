package io.a2al.sim.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Command;
import io.a2al.core.api.LookupReport;
import io.a2al.core.api.Outcome;
import io.a2al.core.bounds.Occupancy;
import io.a2al.core.guard.Origin;
import io.a2al.core.store.StoreLimits;
import io.a2al.core.store.StoredRecord;
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

/** Every checker catches what is wrong, and is content with what a real run made. */
class InvariantsTest {

    private static final Endpoint STRANGER = AddressPlan.inPrefix(5_000_000, 0);

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

    private Contact stranger(Endpoint endpoint) {
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

    private void goOnFor(Duration time) {
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
    void realTablesAreGood() {
        new RoutingTableChecker().atInterval(world, reporter);
        assertThat(reports).isEmpty();
        assertThat(contacts()).hasSizeGreaterThan(10);
    }

    /** As if an application's word were taken for a proof. */
    @Test
    void aContactWhereNobodyIs() {
        node.core().orElseThrow().addContact(node.now(), stranger(STRANGER));
        for (int i = 0; i < world.nodes().size(); i++) {
            new RoutingTableChecker().atInterval(world, reporter);
        }
        assertThat(reports).isNotEmpty().allMatch(report -> report.contains("where it never was"));
    }

    @Test
    void aContactWhereSomebodyElseIs() {
        List<Contact> contacts = contacts();
        Contact moved = contacts.getFirst().at(contacts.getLast().endpoint());
        contacts.set(0, moved);
        assertThat(table(contacts)).anyMatch(report -> report.contains("where it never was"));
    }

    @Test
    void theNodeItselfOrSomebodyTwice() {
        List<Contact> contacts = contacts();
        contacts.add(Contact.of(node.keys().address(), node.host().endpoint()));
        assertThat(table(contacts)).containsExactly("the routing table holds the node itself");
        List<Contact> twice = contacts();
        twice.add(twice.getFirst());
        assertThat(table(twice)).anyMatch(report -> report.contains("twice"));
    }

    @Test
    void tooManyInABucketOrOfANetwork() {
        List<Contact> crowd = IntStream.range(0, 60)
                .mapToObj(i -> stranger(AddressPlan.inPrefix(5_000_001, i)))
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
    void tooManyRecordsOrAtTheWrongKeyOrForged() {
        new StoreChecker().atInterval(world, reporter);
        assertThat(reports).isEmpty();
        Agent agent = agents.getFirst().all().getFirst();
        StoredRecord good = new StoredRecord(agent.key(), agent.signNext(3600), Origin.LOCAL);
        StoreLimits limits = node.settings().store();
        assertThat(store(limits, good)).isEmpty();
        assertThat(store(limits, new StoredRecord(NodeId.ZERO, good.record(), Origin.LOCAL)))
                .singleElement()
                .asString()
                .contains("is kept at");
        StoredRecord[] many = IntStream.range(0, 9).mapToObj(i -> good).toArray(StoredRecord[]::new);
        assertThat(store(limits, many)).singleElement().asString().contains("more than 8 records");
        // Another run's secret makes other signatures.
        Agents elsewhere = new InvariantsElsewhere().agents();
        VerifiedRecord foreign = elsewhere.all().getFirst().signNext(3600);
        assertThat(store(limits, new StoredRecord(elsewhere.all().getFirst().key(), foreign, Origin.LOCAL)))
                .singleElement()
                .asString()
                .contains("no valid signature");
    }

    /** The agents of a run with another seed. */
    private static final class InvariantsElsewhere {

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
    void whatIsOverItsLimit() {
        OccupancyChecker checker = new OccupancyChecker();
        checker.atInterval(world, reporter);
        assertThat(reports).isEmpty();
        checker.check(node, Map.of("store.keys", new Occupancy(5, 5), "table.contacts", new Occupancy(6, 5)), reporter);
        assertThat(reports).containsExactly("table.contacts has 6 of 5");
    }

    // ---- records ----------------------------------------------------------------------------------------------

    @Test
    void anExpiredRecordIsReturned() {
        VerifiedRecord good = agents.getFirst().all().getFirst().signNext(3600);
        VerifiedRecord brief = agents.getFirst().all().getFirst().signNext(1);
        ExpiryChecker checker = new ExpiryChecker();
        assertThat(events(checker, found(good), found(brief))).isEmpty();
        goOnFor(Duration.ofMinutes(1));
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
    void moreReplicasThanWantedOrThanSaidSo() {
        Agent agent = agents.getFirst().all().getFirst();
        VerifiedRecord record = agent.signNext(3600);
        SimEvent published = new SimEvent.Submitted(1, 3, 1, new Command.Publish(agent.key(), record));
        SimEvent stored = new SimEvent.Arrived(2, 3, STRANGER, datagram(Message.StoreResponse.of(true)));
        SimEvent refused = new SimEvent.Arrived(
                2, 3, AddressPlan.inPrefix(5_000_001, 0), datagram(Message.StoreResponse.of(false)));
        assertThat(events(new ReplicaChecker(), published, stored, done(1, 8))).isEmpty();
        assertThat(events(new ReplicaChecker(), published, stored, refused, done(2, 8)))
                .containsExactly("2 replicas, of which only 1 said so");
        assertThat(events(new ReplicaChecker(), published, done(9, 8))).containsExactly("9 replicas of 8");
    }

    private static SimEvent done(int replicas, int wanted) {
        return new SimEvent.Completed(3, 3, 1, new Outcome.Stored(replicas, wanted));
    }

    // ---- datagrams --------------------------------------------------------------------------------------------

    @Test
    void moreThanThreeTimesWhatCame() {
        Datagram question = datagram(new Message.FindNode(NodeId.ZERO));
        Datagram pong = datagram(new Message.Pong(node.keys().address(), STRANGER));
        SimEvent came = new SimEvent.Arrived(1, 0, STRANGER, question);
        SimEvent went = new SimEvent.Sent(2, 0, STRANGER, STRANGER, pong);
        assertThat(events(new AmplificationChecker(), came, went, went, went)).isEmpty();
        assertThat(events(new AmplificationChecker(), came, went, went, went, went))
                .singleElement()
                .asString()
                .contains("no proof");
        // What is sent minutes later counts as well.
        SimEvent later = new SimEvent.Sent(Duration.ofMinutes(2).toNanos(), 0, STRANGER, STRANGER, question);
        assertThat(events(new AmplificationChecker(), came, went, went, went, later))
                .hasSize(1);
        // Our own question may be repeated.
        SimEvent asked = new SimEvent.Sent(0, 0, STRANGER, STRANGER, question);
        assertThat(events(new AmplificationChecker(), asked, came, went, asked, asked, asked))
                .isEmpty();
    }

    /** A question of the stranger's; nobody has proven that it comes from there. */
    private SimEvent came() {
        return new SimEvent.Arrived(1, 0, STRANGER, datagram(new Message.FindNode(NodeId.ZERO)));
    }

    private Message answer() {
        return new Message.Pong(node.keys().address(), STRANGER);
    }

    private SimEvent went() {
        return new SimEvent.Sent(2, 0, STRANGER, STRANGER, datagram(answer()));
    }

    private SimEvent asked() {
        return new SimEvent.Sent(
                2, 0, STRANGER, STRANGER, datagram(new Message.Ping(node.keys().address())));
    }

    /** The answer to what was asked. */
    private SimEvent proof() {
        return new SimEvent.Arrived(3, 0, STRANGER, datagram(answer()));
    }

    @Test
    void proofThatIsNone() {
        assertThat(events(new AmplificationChecker(), came(), asked(), proof(), went(), went(), went(), went()))
                .isEmpty();
        assertThat(events(new AmplificationChecker(), came(), proof(), went(), went(), went(), went()))
                .as("nobody asked")
                .hasSize(1);
        byte[] bytes = datagram(answer()).bytes().clone();
        bytes[bytes.length - 1] ^= 1;
        SimEvent forged = new SimEvent.Arrived(3, 0, STRANGER, Datagram.copyOf(bytes, bytes.length));
        assertThat(events(new AmplificationChecker(), came(), asked(), forged, went(), went(), went()))
                .as("signature")
                .hasSize(1);
        SimEvent elsewhere = new SimEvent.Arrived(3, 0, AddressPlan.inPrefix(5_000_001, 0), datagram(answer()));
        assertThat(events(new AmplificationChecker(), came(), asked(), elsewhere, went(), went(), went()))
                .as("from elsewhere")
                .hasSize(1);
        AmplificationChecker forgetful = new AmplificationChecker();
        assertThat(events(forgetful, asked(), proof())).isEmpty();
        goOnFor(Duration.ofMinutes(11));
        assertThat(events(forgetful, came(), went(), went(), went(), went()))
                .as("ten minutes ago")
                .hasSize(1);
    }

    /** A node at its limits forgets proofs before their time, and goes by what came in from then on. */
    @Test
    void whatCameFromWhoeverHadProvenToBeThereCountsAfterwards() {
        AmplificationChecker frugal = new AmplificationChecker();
        AmplificationChecker generous = new AmplificationChecker();
        assertThat(events(frugal, asked(), proof(), came(), went())).isEmpty();
        assertThat(events(generous, asked(), proof(), came(), went(), went(), went(), went()))
                .isEmpty();
        goOnFor(Duration.ofMinutes(11));
        assertThat(events(frugal, came(), went(), went(), went(), went(), went()))
                .isEmpty();
        assertThat(events(frugal, went())).hasSize(1);
        assertThat(events(generous, came(), went(), went(), went())).isEmpty();
        assertThat(events(generous, went())).hasSize(1);
    }

    @Test
    void aDatagramThatVanishes() {
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
                new SimEvent.Sent(1, 0, STRANGER, STRANGER, datagram(new Message.FindNode(NodeId.ZERO))),
                reporter);
        checker.atInterval(empty, reporter);
        assertThat(reports).singleElement().asString().contains("datagrams were sent");
    }

    // ---- the end ----------------------------------------------------------------------------------------------

    @Test
    void neighboursThatAreNotKnownAndReplicasThatAreMissing() {
        goOnFor(Duration.ofMinutes(28));
        NeighbourhoodChecker good = new NeighbourhoodChecker(agents.getFirst());
        good.afterEvent(world, new SimEvent.Started(1, 3), reporter);
        good.atEnd(world, reporter);
        assertThat(reports).isEmpty();
        good.check(world, node, List.of(), reporter);
        assertThat(reports).containsExactly("of its 8 nearest neighbours the node does not know 8");
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
