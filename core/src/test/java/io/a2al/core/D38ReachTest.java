package io.a2al.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Command;
import io.a2al.core.api.Effect;
import io.a2al.core.api.Reach;
import io.a2al.core.routing.SeenPeers.Seen;
import io.a2al.core.testing.SoloNode;
import io.a2al.core.testing.SoloNode.Peer;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Known-defects D-38: the reach counters count peers that answered, not contacts that peers reported, and drop old ones
 * without being read.
 */
class D38ReachTest {

    private final SoloNode node = new SoloNode();

    private Reach reach() {
        return node.core().seenPeers().reach(node.now().unixSeconds());
    }

    @Test
    void whoAnsweredCountsAndWhoMerelyCalledDoesNot() {
        node.pingFrom(node.newPeer());
        assertThat(reach()).isEqualTo(new Reach(0, 0, 0, 0));
        node.befriend(node.newPeer());
        assertThat(reach()).isEqualTo(new Reach(1, 1, 1, 1));
    }

    @Test
    void reportedContactsAndTheNodeItselfDoNotCount() {
        Peer teller = node.newPeer();
        node.befriend(teller);
        List<Effect> effects = node.submit(1, new Command.FindNode(Fixtures.C.nodeId(), Duration.ofSeconds(2)));
        Effect.Send question =
                SoloNode.sends(effects, Message.FindNode.class::isInstance).getFirst();
        Contact self = Contact.of(SoloNode.SELF.address(), node.newPeer().endpoint());
        node.answer(
                teller,
                question,
                new Message.FindNodeResponse(
                        Optional.of(List.of(node.newPeer().contact(), self)), Fixtures.observed()));
        assertThat(reach()).isEqualTo(new Reach(1, 1, 1, 1));
    }

    @Test
    void theyAreForgottenAfterAWeekWithoutBeingRead() {
        long now = node.now().unixSeconds();
        node.core().seenPeers().restore(List.of(new Seen(Fixtures.C.nodeId(), now)), now);
        assertThat(reach()).isEqualTo(new Reach(1, 1, 1, 0));
        node.advance(Duration.ofDays(7).plusHours(2));
        assertThat(node.core().statistics().maintenance().seenPeers().used()).isZero();
    }

    @Test
    void theShellIsToldEveryHourToWriteItsFiles() {
        List<Effect> effects = node.advance(Duration.ofHours(3));
        assertThat(effects.stream().filter(Effect.SaveDue.class::isInstance)).hasSize(3);
    }
}
