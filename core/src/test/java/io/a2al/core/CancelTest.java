package io.a2al.core;

import static io.a2al.core.testing.SoloNode.outcomes;
import static io.a2al.core.testing.SoloNode.pingsTo;
import static io.a2al.core.testing.SoloNode.sends;
import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Command;
import io.a2al.core.api.Effect;
import io.a2al.core.api.Input;
import io.a2al.core.api.Outcome;
import io.a2al.core.testing.SoloNode;
import io.a2al.core.testing.SoloNode.Peer;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Message;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A cancelled operation has no outcome and takes no place any more. Requests of a lookup that are already sent may
 * still be answered, as they say who is alive.
 */
class CancelTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final SoloNode node = new SoloNode();
    private final Peer peer = node.newPublicPeer();

    private void cancel(long operation) {
        assertThat(node.core().handle(node.now(), new Input.Cancel(operation))).isEmpty();
    }

    private void assertNothingIsUnderWay() {
        NodeStatistics statistics = node.core().statistics();
        assertThat(statistics.lookups().running().used()).isZero();
        assertThat(statistics.nat().probes().used()).isZero();
    }

    private List<Effect> bootstrap(long operation) {
        return node.submit(operation, new Command.Bootstrap(List.of(peer.endpoint()), List.of(), TIMEOUT));
    }

    @Test
    void aJoinThatWaitsForItsSeeds() {
        assertThat(pingsTo(bootstrap(1), peer.endpoint())).hasSize(1);
        cancel(1);
        assertNothingIsUnderWay();
        assertThat(node.core().statistics().requests().pending().used()).isZero();
        assertThat(outcomes(node.advance(TIMEOUT))).isEmpty();
    }

    @Test
    void aJoinThatLooksUpItsNeighbours() {
        Effect.Send ping = pingsTo(bootstrap(1), peer.endpoint()).getFirst();
        assertThat(sends(node.pong(peer, ping), Message.FindNode.class::isInstance))
                .isNotEmpty();
        cancel(1);
        assertNothingIsUnderWay();
        assertThat(outcomes(node.advance(TIMEOUT))).isEmpty();
    }

    @Test
    void afterACancelledJoinTheNodeJoinsByItself() {
        bootstrap(1);
        cancel(1);
        assertThat(pingsTo(node.advance(Duration.ofMinutes(5)), peer.endpoint()))
                .isNotEmpty();
    }

    @Test
    void aJoinThatIsOver() {
        Effect.Send ping = pingsTo(bootstrap(1), peer.endpoint()).getFirst();
        node.pong(peer, ping);
        assertThat(outcomes(node.advance(TIMEOUT))).hasAtLeastOneElementOfType(Outcome.Joined.class);
        cancel(1);
        assertThat(pingsTo(bootstrap(2), peer.endpoint())).hasSize(1);
    }

    @Test
    void aProbe() {
        Endpoint claimed = node.newPublicPeer().endpoint();
        Effect.Send probe = sends(node.submit(1, new Command.ProbeNat(peer.endpoint(), claimed, TIMEOUT)))
                .getFirst();
        cancel(1);
        assertNothingIsUnderWay();
        Bytes token = ((Message.NatProbeRequest) probe.message()).token();
        assertThat(outcomes(node.request(peer, new Message.NatProbeEcho(token))))
                .isEmpty();
        assertThat(outcomes(node.advance(TIMEOUT))).isEmpty();
    }

    @Test
    void aLookup() {
        node.befriend(peer);
        node.submit(1, new Command.FindNode(NodeId.ZERO, TIMEOUT));
        cancel(1);
        assertNothingIsUnderWay();
        assertThat(outcomes(node.advance(TIMEOUT))).isEmpty();
    }
}
