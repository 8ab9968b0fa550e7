package io.a2al.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Command;
import io.a2al.core.api.Effect;
import io.a2al.core.liveness.PeerHealth;
import io.a2al.core.testing.SoloNode;
import io.a2al.core.testing.SoloNode.Peer;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Known-defects D-33: a failure counts against the NodeID that was asked, not against the node at the address that a
 * peer reported.
 */
class D33MisattributionTest {

    private final SoloNode node = new SoloNode();
    private final Peer honest = node.newPeer();
    private final Peer teller = node.newPeer();

    @BeforeEach
    void getToKnowThem() {
        node.befriend(honest);
        node.befriend(teller);
    }

    private PeerHealth.State healthOf(NodeId peer) {
        return node.core().healthOf(node.now(), peer);
    }

    /** Starts a lookup in which a peer reports nodes that do not exist, at the address of an honest one. */
    private Effect.Send questionToGhost(Contact... ghosts) {
        List<Effect> effects = node.submit(1, new Command.FindNode(ghosts[0].nodeId(), Duration.ofSeconds(8)));
        Message lie = new Message.FindNodeResponse(Optional.of(List.of(ghosts)), Fixtures.observed());
        Message nothing = new Message.FindNodeResponse(Optional.of(List.of()), Fixtures.observed());
        Effect.Send toHonest = to(effects, honest);
        Effect.Send toTeller = to(effects, teller);
        node.answer(honest, toHonest, nothing);
        return SoloNode.sends(node.answer(teller, toTeller, lie)).getFirst();
    }

    private static Effect.Send to(List<Effect> effects, Peer peer) {
        return SoloNode.sends(effects).stream()
                .filter(send -> send.to().equals(peer.endpoint()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aTimeoutOfAnInventedNodeDoesNotSuspectTheNodeAtItsAddress() {
        for (int i = 0; i < 3; i++) {
            Contact ghost = node.newPeer().contact().at(honest.endpoint());
            Contact another = node.newPeer().contact().at(honest.endpoint());
            assertThat(questionToGhost(ghost, another).to()).isEqualTo(honest.endpoint());
            node.advance(Duration.ofSeconds(10));
        }
        assertThat(healthOf(honest.id())).isEqualTo(PeerHealth.State.GOOD);
        assertThat(node.core().contacts()).contains(honest.contact());
    }

    @Test
    void anAnswerOfAnotherIdentityCountsForItAndAgainstTheOneThatWasAsked() {
        Contact ghost = node.newPeer().contact().at(honest.endpoint());
        for (int i = 0; i < 2; i++) {
            Effect.Send question = questionToGhost(ghost);
            node.answer(honest, question, new Message.FindNodeResponse(Optional.of(List.of()), Fixtures.observed()));
            node.advance(Duration.ofSeconds(10));
        }
        assertThat(healthOf(honest.id())).isEqualTo(PeerHealth.State.GOOD);
        assertThat(healthOf(ghost.nodeId())).isEqualTo(PeerHealth.State.BAD);
    }
}
