package io.a2al.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Command;
import io.a2al.core.api.Effect;
import io.a2al.core.api.Origin;
import io.a2al.core.api.Outcome;
import io.a2al.core.api.StoredRecord;
import io.a2al.core.testing.SoloNode;
import io.a2al.core.testing.TestRecords;
import io.a2al.core.testing.VirtualNetwork;
import io.a2al.core.testing.VirtualNetwork.Node;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node in client mode is verified at its address by the nodes that it asks, and is no contact of theirs. */
class ClientProofTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final NodeId INBOX = Fixtures.B.nodeId();

    private static VerifiedRecord note(Node sender, VirtualNetwork network) {
        return TestRecords.note(
                sender.identity(), Fixtures.B.address(), 1, 1, network.now().unixSeconds(), 3600);
    }

    private static void join(VirtualNetwork network, Node client) {
        var seeds = List.of(network.nodes().getFirst().endpoint());
        network.call(Outcome.Joined.class, client, new Command.Bootstrap(seeds, TIMEOUT));
    }

    private static List<StoredRecord> held(VirtualNetwork network) {
        List<StoredRecord> held = new ArrayList<>();
        for (Node node : network.nodes()) {
            held.addAll(node.core().store().at(INBOX, network.now().unixSeconds()));
        }
        return held;
    }

    /** In a small network the last answer ends the lookup, so that STOREs overtake the answers to PINGs. */
    @ParameterizedTest
    @ValueSource(ints = {12, 40})
    void theNoteOfAOneShotClientHasAVerifiedOrigin(int nodes) {
        VirtualNetwork network = new VirtualNetwork(11);
        network.grow(nodes);
        Node client = network.addClient();
        join(network, client);

        VerifiedRecord note = note(client, network);
        Outcome stored = network.call(Outcome.Stored.class, client, new Command.Publish(INBOX, note));
        assertThat(stored).isEqualTo(new Outcome.Stored(8, 8));
        network.runFor(Duration.ofSeconds(2));
        network.kill(client);

        List<StoredRecord> held = held(network);
        assertThat(held).extracting(StoredRecord::record).contains(note);
        assertThat(held.stream().filter(each -> each.record().equals(note)).map(StoredRecord::origin))
                .hasSizeGreaterThanOrEqualTo(8)
                .allMatch(Origin::isProven);
        assertThat(network.nodes().stream().filter(Node::isAlive))
                .noneMatch(node -> node.core().contacts().contains(client.contact()));
    }

    @Test
    void aVerifiedClientIsNotPingedAgainForEachRequest() {
        VirtualNetwork network = new VirtualNetwork(12);
        network.grow(8);
        Node client = network.addClient();
        join(network, client);
        network.runFor(Duration.ofSeconds(10));
        List<Message> pings = new ArrayList<>();
        network.observe((from, to, message) -> {
            if (to.equals(client.endpoint()) && message instanceof Message.Ping) {
                pings.add(message);
            }
        });

        for (int i = 0; i < 10; i++) {
            network.call(Outcome.Nodes.class, client, new Command.FindNode(Fixtures.B.nodeId(), TIMEOUT));
        }

        assertThat(pings).isEmpty();
    }

    @Test
    void aClientAnswersNodesThatItAskedLatelyAndNoOthers() {
        VirtualNetwork network = new VirtualNetwork(13);
        Node asked = network.addNode();
        Node stranger = network.addNode();
        Node client = network.addClient();
        Command.Ping ping = new Command.Ping(client.endpoint(), TIMEOUT);
        assertThat(network.await(network.submit(asked, ping))).isEqualTo(new Outcome.NoAnswer());

        network.call(Outcome.Answered.class, client, new Command.Ping(asked.endpoint(), TIMEOUT));
        assertThat(network.await(network.submit(asked, ping))).isInstanceOf(Outcome.Answered.class);
        assertThat(network.await(network.submit(stranger, ping))).isEqualTo(new Outcome.NoAnswer());
        assertThat(asked.core().contacts()).isEmpty();
    }

    @Test
    void aNodeWasAskedLatelyForAMinuteAndAtOneAddress() {
        node.befriend(sender);
        node.advance(Duration.ofSeconds(59));
        assertThat(node.core().isInTouch(node.now(), sender.endpoint(), sender.id()))
                .isTrue();
        assertThat(node.core().isInTouch(node.now(), VirtualNetwork.publicEndpoint(900), sender.id()))
                .isFalse();
        node.advance(Duration.ofSeconds(2));
        assertThat(node.core().isInTouch(node.now(), sender.endpoint(), sender.id()))
                .isFalse();
    }

    /** A client answers PINGs only; anything else that it is asked is dropped as before. */
    @Test
    void aClientServesNothing() {
        VirtualNetwork network = new VirtualNetwork(14);
        Node asked = network.addNode();
        Node client = network.addClient();
        network.call(Outcome.Answered.class, client, new Command.Ping(asked.endpoint(), TIMEOUT));

        Message question = new Message.FindNode(INBOX);
        Command ask = new Command.Ask(client.endpoint(), Optional.empty(), question, TIMEOUT);

        assertThat(network.await(network.submit(asked, ask))).isEqualTo(new Outcome.NoAnswer());
    }

    private final SoloNode node = new SoloNode();
    private final SoloNode.Peer sender = node.newPublicPeer();
    private VerifiedRecord note;

    @BeforeEach
    void makeNote() {
        note = TestRecords.note(Fixtures.identity(3), Fixtures.B.address(), 1, 1, VirtualNetwork.START_SECONDS, 3600);
    }

    private Effect.Send store() {
        Message request = new Message.Store(note.record(), Optional.of(INBOX));
        return SoloNode.pingsTo(node.request(sender, request, note), sender.endpoint())
                .getFirst();
    }

    private Origin origin() {
        return node.core()
                .store()
                .at(INBOX, VirtualNetwork.START_SECONDS)
                .getFirst()
                .origin();
    }

    @Test
    void aProofThatFollowsTheStoreCounts() {
        Effect.Send ping = store();
        assertThat(origin().isProven()).isFalse();
        node.clientPong(sender, ping);
        assertThat(origin().isProven()).isTrue();
        assertThat(node.core().contacts()).isEmpty();
    }

    /** A proof at one address says nothing of what came from another. */
    @Test
    void aProofElsewhereDoesNotCount() {
        store();
        SoloNode.Peer elsewhere = sender.at(VirtualNetwork.publicEndpoint(900));
        List<Effect> effects = node.submit(1, new Command.Ping(elsewhere.endpoint(), TIMEOUT));
        node.clientPong(elsewhere, SoloNode.pings(effects).getFirst());
        assertThat(origin().isProven()).isFalse();
    }

    /** The owner of the identity stopped its node and sends one note; other nodes are not told of it any longer. */
    @Test
    void aContactThatIsAClientNowLeavesTheTable() {
        node.befriend(sender);
        List<Effect> effects = node.submit(1, new Command.Ping(sender.endpoint(), TIMEOUT));
        node.clientPong(sender, SoloNode.pings(effects).getFirst());
        assertThat(node.core().contacts()).isEmpty();

        node.advance(Duration.ofMinutes(11));
        node.befriend(sender);
        assertThat(node.core().contacts()).containsExactly(sender.contact());
    }
}
