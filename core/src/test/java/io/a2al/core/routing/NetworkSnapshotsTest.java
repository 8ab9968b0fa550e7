package io.a2al.core.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.NodeCore;
import io.a2al.core.NodeSettings;
import io.a2al.core.api.Command;
import io.a2al.core.api.Effect;
import io.a2al.core.api.Input;
import io.a2al.core.api.KnownNetwork;
import io.a2al.core.api.KnownNetwork.Size;
import io.a2al.core.liveness.PeerHealth;
import io.a2al.core.testing.VirtualNetwork;
import io.a2al.core.testing.VirtualNetwork.Node;
import io.a2al.core.time.ShellTime;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NetworkSnapshotsTest {

    private static final long NOW = 1_700_000_000L;
    private static final long DAY = Duration.ofDays(1).toSeconds();
    private static final ShellTime START = new ShellTime(0, NOW);
    private static final Endpoint AT = Fixtures.ipv4("0a000007", 4121);
    private static final NodeId PEER = Fixtures.B.nodeId();
    private static final long SLOW = Duration.ofMillis(450).toNanos();

    private final NodeCore core =
            new NodeCore(NodeSettings.DEFAULT, Fixtures.A.address(), new SplittableRandom(1), START);

    private static KnownNetwork heardAt(long unixSeconds) {
        return new KnownNetwork(List.of(new KnownNetwork.Peer(PEER, AT, SLOW, unixSeconds)), Size.UNKNOWN);
    }

    private static KnownNetwork sizeOf(long nodes, long unixSeconds) {
        return new KnownNetwork(List.of(), new Size(nodes, unixSeconds));
    }

    private long estimate() {
        return core.statistics().table().estimatedNetworkSize();
    }

    /** Returns how long a seed may take before it is asked a second time. */
    private Duration firstWait() {
        core.handle(START, new Input.Submit(1, new Command.Bootstrap(List.of(AT), Duration.ofSeconds(10))));
        List<Effect> effects = List.of();
        ShellTime now = START;
        while (effects.stream().noneMatch(Effect.Send.class::isInstance)) {
            now = new ShellTime(core.nextDeadline(), NOW);
            effects = core.handle(now, new Input.Tick());
        }
        return Duration.ofNanos(now.nanos());
    }

    @Test
    void theFirstRequestWaitsAsLongAsThePeerTookBeforeTheRestart() {
        core.restore(START, heardAt(NOW - 60));
        assertThat(firstWait()).isEqualTo(Duration.ofMillis(900));
    }

    @Test
    void aPeerNotHeardForAWeekIsAskedLikeAnyOther() {
        core.restore(START, heardAt(NOW - 8 * DAY));
        assertThat(firstWait()).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void aChangeOfNetworkForgetsRestoredTimes() {
        core.restore(START, heardAt(NOW - 60));
        core.handle(START, new Input.Submit(2, new Command.NetworkChanged()));
        assertThat(firstWait()).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void aRestoredPeerIsNoContactAndNotProven() {
        core.restore(START, heardAt(NOW - 60));

        assertThat(core.contacts()).isEmpty();
        assertThat(core.knownNetwork(START, 10).peers()).as("to be written").isEmpty();
        assertThat(core.healthOf(START, PEER)).isEqualTo(PeerHealth.State.UNKNOWN);
        assertThat(core.roundTripTo(PEER)).contains(Duration.ofNanos(SLOW));
        assertThat(estimate()).isZero();
    }

    @Test
    void anEstimateIsKeptWithItsTimeUntilTheTableHasOne() {
        core.restore(START, sizeOf(1000, NOW - 60));

        assertThat(estimate()).isEqualTo(1000);
        ShellTime later = new ShellTime(Duration.ofSeconds(10).toNanos(), NOW + 10);
        assertThat(core.knownNetwork(later, 10).size()).isEqualTo(new Size(1000, NOW - 60));
    }

    @Test
    void anEstimateThatIsOlderThanADayIsIgnored() {
        core.restore(START, sizeOf(1000, NOW - DAY - 1));
        assertThat(estimate()).isZero();
        core.restore(START, sizeOf(1000, NOW - DAY));
        assertThat(estimate()).isEqualTo(1000);
    }

    @Test
    void anEstimateOfTheFutureCountsAsMadeNow() {
        core.restore(START, sizeOf(1000, NOW + 30 * DAY));
        assertThat(core.knownNetwork(START, 10).size()).isEqualTo(new Size(1000, NOW));
    }

    @Test
    void aJoinedNodeEndsTheUseOfTheRestoredEstimate() {
        VirtualNetwork network = new VirtualNetwork(7);
        Node node = network.grow(5).getLast();
        node.core().restore(network.now(), sizeOf(1000, network.now().unixSeconds()));
        assertThat(node.core().statistics().table().estimatedNetworkSize()).isEqualTo(1000);

        network.runFor(Duration.ofMinutes(17));

        assertThat(node.core().statistics().table().estimatedNetworkSize()).isLessThan(20);
        assertThat(node.core().knownNetwork(network.now(), 10).size().unixSeconds())
                .isEqualTo(network.now().unixSeconds());
    }

    @Test
    void whatAnsweredIsKnownWithItsTimes() {
        VirtualNetwork network = new VirtualNetwork(8);
        List<Node> nodes = network.grow(5);
        KnownNetwork known = nodes.getFirst().core().knownNetwork(network.now(), 3);

        assertThat(known.peers()).hasSize(3).allSatisfy(peer -> {
            assertThat(peer.roundTripNanos()).isPositive();
            assertThat(peer.heardUnixSeconds())
                    .isBetween(VirtualNetwork.START_SECONDS, network.now().unixSeconds());
            assertThat(Optional.of(peer.endpoint()))
                    .isEqualTo(nodes.stream()
                            .filter(node -> node.id().equals(peer.nodeId()))
                            .map(Node::endpoint)
                            .findAny());
        });
        assertThat(known.size().nodes()).isPositive();
    }
}
