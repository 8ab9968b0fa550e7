package io.a2al.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Command;
import io.a2al.core.api.Effect;
import io.a2al.core.api.Outcome;
import io.a2al.core.testing.SoloNode;
import io.a2al.core.testing.SoloNode.Peer;
import io.a2al.core.testing.VirtualNetwork;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Header;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageType;
import io.a2al.protocol.message.TransactionId;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which peers enter the routing table, and to which reported addresses the node sends. */
class NodeCoreLearningTest {

    private static final Duration STALE = Duration.ofSeconds(70);
    private static final Endpoint ELSEWHERE = VirtualNetwork.privateEndpoint(1_000_000);

    private final SoloNode node = new SoloNode();

    private static Message nodes(Contact... contacts) {
        return new Message.FindNodeResponse(Optional.of(List.of(contacts)), Fixtures.observed());
    }

    private static Set<Endpoint> destinations(List<Effect> effects) {
        Set<Endpoint> all = new HashSet<>();
        SoloNode.sends(effects).forEach(send -> all.add(send.to()));
        return all;
    }

    // ---- requests prove nothing (D-01) ------------------------------------------------------------------------

    @Test
    void d01_aPeerIsAContactOnceItAnswersAPing() {
        Peer peer = node.newPeer();
        List<Effect> effects = node.request(peer, new Message.FindNode(peer.id()));
        assertThat(SoloNode.sends(effects)).hasSize(2);
        assertThat(SoloNode.sends(effects).getFirst().message()).isInstanceOf(Message.FindNodeResponse.class);
        Effect.Send ping = SoloNode.pingsTo(effects, peer.endpoint()).getFirst();
        assertThat(node.core().contacts()).isEmpty();
        node.pong(peer, ping);
        assertThat(node.core().contacts()).containsExactly(peer.contact());
    }

    @Test
    void d01_aPeerThatDoesNotAnswerAPingIsNotReported() {
        Peer silent = node.newPeer();
        node.pingFrom(silent);
        node.advance(Duration.ofSeconds(5));
        assertThat(node.core().contacts()).isEmpty();
        Message answer = SoloNode.sends(node.request(node.newPeer(), new Message.FindNode(silent.id())))
                .getFirst()
                .message();
        assertThat(answer)
                .isEqualTo(new Message.FindNodeResponse(Optional.of(List.of()), VirtualNetwork.privateEndpoint(2)));
    }

    @Test
    void whileAPeerIsBeingVerifiedItIsNotPingedAgain() {
        Peer peer = node.newPeer();
        assertThat(SoloNode.pings(node.pingFrom(peer))).hasSize(1);
        assertThat(SoloNode.pings(node.pingFrom(peer))).isEmpty();
        assertThat(SoloNode.pings(node.pingFrom(peer.at(ELSEWHERE)))).isEmpty();
    }

    @Test
    void d01_aReplayedRequestDoesNotMoveAContactThatAnswers() {
        Peer victim = node.newPeer();
        node.befriend(victim);

        List<Effect> effects = node.pingFrom(victim.at(ELSEWHERE));
        assertThat(SoloNode.sends(effects).getFirst().to()).as("the answer").isEqualTo(ELSEWHERE);
        List<Effect.Send> pings = SoloNode.pings(effects);
        assertThat(pings).hasSize(1);
        assertThat(pings.getFirst().to()).isEqualTo(victim.endpoint());
        List<Effect> after = new ArrayList<>(node.pong(victim, pings.getFirst()));
        after.addAll(node.advance(Duration.ofSeconds(10)));
        assertThat(destinations(after)).doesNotContain(ELSEWHERE);
        assertThat(node.core().contacts()).containsExactly(victim.contact());
        List<Effect.Send> again = SoloNode.pings(node.pingFrom(victim.at(ELSEWHERE)));
        assertThat(again).as("asked again, after a while").hasSize(1);
        node.pong(victim, again.getFirst());
        assertThat(SoloNode.pings(node.pingFrom(victim.at(ELSEWHERE))))
                .as("but not for each replayed request")
                .isEmpty();
    }

    /** A peer that was sent a signed request may send it on from a forged address; that has no effect at all. */
    @Test
    void d01_aRequestThatIsSentOnIsNotAnswered() {
        Peer victim = node.newPeer();
        node.befriend(victim);
        TransactionId transaction = node.newTransaction();
        Message request = new Message.FindNode(victim.id());
        assertThat(node.receive(victim, victim.endpoint(), transaction, request))
                .hasSize(1);
        assertThat(node.receive(victim, ELSEWHERE, transaction, request)).isEmpty();
    }

    @Test
    void d01_aReplayedRequestDoesNotMoveAContactThatIsAway() {
        Peer victim = node.newPeer();
        Peer attacker = node.newPeer(ELSEWHERE);
        node.befriend(victim);
        node.advance(STALE);
        node.pingFrom(victim.at(ELSEWHERE));
        List<Effect> effects = node.advance(Duration.ofSeconds(3));
        Effect.Send ping = SoloNode.pingsTo(effects, ELSEWHERE).getFirst();
        node.pong(attacker, ping);
        assertThat(node.core().contacts()).containsExactlyInAnyOrder(victim.contact(), attacker.contact());
    }

    @Test
    void d01_aContactThatReallyMovedIsFoundAgain() {
        Peer moving = node.newPeer();
        node.befriend(moving);
        node.pingFrom(moving.at(ELSEWHERE));
        List<Effect> effects = node.advance(Duration.ofSeconds(3));
        node.pong(moving, SoloNode.pingsTo(effects, ELSEWHERE).getFirst());
        assertThat(node.core().contacts()).containsExactly(moving.contact().at(ELSEWHERE));
    }

    @Test
    void d01_aFloodOfNewPeersTakesSoManyPlacesAndShutsNoOtherOut() {
        for (int i = 0; i < 1000; i++) {
            assertThat(SoloNode.pings(node.pingFrom(node.newPeer()))).hasSize(1);
        }
        assertThat(node.core().statistics().requests().pending().used())
                .isEqualTo(NodeSettings.DEFAULT.routing().verification().maxProofs());
        Peer honest = node.newPeer();
        Effect.Send ping = SoloNode.pings(node.pingFrom(honest)).getFirst();
        node.pong(honest, ping);
        assertThat(node.core().contacts()).contains(honest.contact());
    }

    /** A PING that takes no place is answered by its transaction id, which is good for its address and a while only. */
    @Test
    void d01_anAnswerToAPingThatTakesNoPlaceProvesOneAddress() {
        for (int i = 0; i < 64; i++) {
            node.pingFrom(node.newPeer());
        }
        Peer honest = node.newPeer();
        Effect.Send ping = SoloNode.pings(node.pingFrom(honest)).getFirst();
        Header answer = Header.of(MessageType.PONG, ping.transactionId());
        assertThat(node.isAdmitted(honest, answer)).isTrue();
        assertThat(node.isAdmitted(honest.at(ELSEWHERE), answer))
                .as("from elsewhere")
                .isFalse();
        node.advance(Duration.ofSeconds(9));
        assertThat(node.isAdmitted(honest, answer)).as("too late").isFalse();
    }

    // ---- reported contacts (D-02, D-04) -----------------------------------------------------------------------

    /**
     * Asks {@code teller} in a lookup, which reports these contacts; returns the addresses to which the node then
     * sends.
     */
    private Set<Endpoint> whenTold(Peer teller, NodeId target, Contact... contacts) {
        List<Effect> effects = node.submit(1, new Command.FindNode(target, Duration.ofSeconds(10)));
        Effect.Send question = SoloNode.sends(effects).stream()
                .filter(send -> send.to().equals(teller.endpoint()))
                .findFirst()
                .orElseThrow();
        List<Effect> after = new ArrayList<>(node.answer(teller, question, nodes(contacts)));
        after.addAll(node.advance(Duration.ofSeconds(10)));
        return destinations(after);
    }

    @Test
    void d02_reportedContactsAreAskedButNotBelieved() {
        Peer teller = node.newPeer();
        Peer told = node.newPeer();
        node.befriend(teller);
        assertThat(whenTold(teller, told.id(), told.contact())).containsExactly(told.endpoint());
        assertThat(node.core().contacts()).containsExactly(teller.contact());
    }

    @Test
    void d02_aReportedContactThatAnswersIsAccepted() {
        Peer teller = node.newPeer();
        Peer told = node.newPeer();
        node.befriend(teller);
        List<Effect> effects = node.submit(1, new Command.FindNode(told.id(), Duration.ofSeconds(10)));
        effects = node.answer(teller, SoloNode.sends(effects).getFirst(), nodes(told.contact()));
        effects = node.answer(told, SoloNode.sends(effects).getFirst(), nodes());
        assertThat(node.core().contacts()).containsExactlyInAnyOrder(teller.contact(), told.contact());
        assertThat(SoloNode.outcomes(effects))
                .singleElement()
                .satisfies(outcome -> assertThat(((Outcome.Nodes) outcome).nodes())
                        .containsExactly(told.contact(), teller.contact()));
    }

    /** A peer reports wrong addresses of all contacts; all stay good, and none is asked there. */
    @Test
    void d02_reportsNeitherMoveNorSuspectAKnownContact() {
        List<Peer> known = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            known.add(node.newPeerInBucket(i % 2));
            node.befriend(known.getLast());
        }
        NodeId target = known.getFirst().id();
        List<Peer> byDistance = known.stream()
                .sorted((a, b) -> target.compareDistance(a.id(), b.id()))
                .toList();
        Peer liar = byDistance.getFirst();
        // Too far from the target to be among the lookup's own seeds.
        Peer victim = byDistance.getLast();
        Set<Endpoint> asked = whenTold(liar, target, victim.contact().at(ELSEWHERE));
        assertThat(asked).doesNotContain(ELSEWHERE).contains(victim.endpoint());
        assertThat(node.core().contacts()).contains(victim.contact());
    }

    @Test
    void d04_aPublicNodeCannotSendUsIntoOurOwnNetwork() {
        Peer teller = node.newPublicPeer();
        Peer honest = node.newPublicPeer();
        Peer target = node.newPeer();
        node.befriend(teller);
        Set<Endpoint> asked = whenTold(
                teller,
                target.id(),
                target.contact().at(Fixtures.ipv4("7f000001", 4121)),
                node.newPeer(VirtualNetwork.privateEndpoint(77)).contact(),
                node.newPeer(Fixtures.ipv4("c0a80001", 4121)).contact(),
                node.newPeer(Fixtures.ipv4("ac100001", 4121)).contact(),
                node.newPeer(Fixtures.ipv4("a9fe0001", 4121)).contact(),
                node.newPeer(Fixtures.ipv4("64400001", 4121)).contact(),
                honest.contact());
        assertThat(asked).containsExactly(honest.endpoint());
    }

    @Test
    void d04_aNeighbourMayTellOfNeighboursButNotOfOurselves() {
        Peer teller = node.newPeer();
        Peer neighbour = node.newPeer();
        Peer remote = node.newPublicPeer();
        node.befriend(teller);
        Set<Endpoint> asked = whenTold(
                teller,
                neighbour.id(),
                neighbour.contact(),
                remote.contact(),
                Contact.of(SoloNode.SELF.address(), VirtualNetwork.privateEndpoint(500)),
                node.newPeer(Fixtures.ipv4("7f000001", 4121)).contact());
        assertThat(asked).containsExactlyInAnyOrder(neighbour.endpoint(), remote.endpoint());
    }

    @Test
    void d02_contactsThatCannotBeAreNotAsked() {
        Peer teller = node.newPeer();
        node.befriend(teller);
        Contact good = node.newPeer().contact();
        Set<Endpoint> asked = whenTold(
                teller,
                good.nodeId(),
                new Contact(good.address(), good.nodeId().flipBit(255), good.endpoint()),
                good.at(good.endpoint().withPort(0)),
                node.newPeer(Fixtures.ipv4("e0000001", 4121)).contact(),
                node.newPeer(Fixtures.ipv4("00000000", 4121)).contact(),
                node.newPeer(Fixtures.ipv4("ffffffff", 4121)).contact());
        assertThat(asked).isEmpty();
    }

    /** An IPv4 address is kept as one, however it is written (node.md 5.2). */
    @Test
    void aMappedAddressIsTheIpv4Address() {
        byte[] mapped = new byte[16];
        mapped[10] = (byte) 0xff;
        mapped[11] = (byte) 0xff;
        Peer caller = node.newPeer();
        System.arraycopy(caller.endpoint().ip(), 0, mapped, 12, 4);
        node.pong(
                caller,
                SoloNode.pingsTo(node.pingFrom(caller.at(Endpoint.of(mapped, VirtualNetwork.PORT))), caller.endpoint())
                        .getFirst());
        assertThat(node.core().contacts()).containsExactly(caller.contact());

        Peer told = node.newPeer();
        System.arraycopy(told.endpoint().ip(), 0, mapped, 12, 4);
        assertThat(whenTold(caller, told.id(), told.contact().at(Endpoint.of(mapped, VirtualNetwork.PORT))))
                .containsExactly(told.endpoint());
    }
}
