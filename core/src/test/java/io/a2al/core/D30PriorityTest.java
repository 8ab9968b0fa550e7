package io.a2al.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Admission;
import io.a2al.core.api.Command;
import io.a2al.core.api.Effect;
import io.a2al.core.testing.SoloNode;
import io.a2al.core.testing.SoloNode.Peer;
import io.a2al.core.testing.VirtualNetwork;
import io.a2al.protocol.message.Header;
import io.a2al.protocol.message.MessageType;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Known-defects D-30: an awaited response is admitted while requests are dropped. */
class D30PriorityTest {

    private final SoloNode node = new SoloNode();

    private Admission request(Peer from) {
        return node.admission(from, Header.of(MessageType.PING, node.newTransaction()));
    }

    @Test
    void d30_anAwaitedAnswerIsTakenAlthoughItsSourceFloods() {
        Peer peer = node.newPublicPeer();
        Effect.Send ping = SoloNode.pings(node.submit(1, new Command.Ping(peer.endpoint(), Duration.ofSeconds(2))))
                .getFirst();
        for (int i = 0; i < 1000; i++) {
            request(peer);
        }
        assertThat(request(peer)).isEqualTo(Admission.SOURCE_RATE);
        assertThat(node.admission(peer, Header.of(MessageType.PONG, node.newTransaction())))
                .isEqualTo(Admission.UNSOLICITED);
        assertThat(node.admission(peer, Header.of(MessageType.PONG, ping.transactionId())))
                .isEqualTo(Admission.ADMITTED);
    }

    @Test
    void d30_anAwaitedAnswerIsTakenDuringAFloodFromAllSources() {
        Peer peer = node.newPublicPeer();
        Effect.Send ping = SoloNode.pings(node.submit(1, new Command.Ping(peer.endpoint(), Duration.ofSeconds(2))))
                .getFirst();
        Admission last = Admission.ADMITTED;
        for (int i = 0; i < 20_000 && last != Admission.TOTAL_RATE; i++) {
            last = request(node.newPeer(VirtualNetwork.publicEndpoint(1000 + i)));
        }
        assertThat(last).isEqualTo(Admission.TOTAL_RATE);
        assertThat(node.admission(peer, Header.of(MessageType.PONG, ping.transactionId())))
                .isEqualTo(Admission.ADMITTED);
    }
}
