package io.a2al.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Command;
import io.a2al.core.api.Effect;
import io.a2al.core.api.Outcome;
import io.a2al.core.testing.SoloNode;
import io.a2al.core.testing.SoloNode.Peer;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Header;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The machine sleeps, its clocks are set, its network changes. */
class SleepTest {

    private static final Duration TWO_SECONDS = Duration.ofSeconds(2);

    private final SoloNode node = new SoloNode();
    private final List<Peer> peers = new ArrayList<>();

    @BeforeEach
    void befriend() {
        for (int i = 0; i < 8; i++) {
            Peer peer = node.newPeer();
            node.befriend(peer);
            peers.add(peer);
        }
    }

    private Effect.Send ping(Peer peer, long operation) {
        return SoloNode.pings(node.submit(operation, new Command.Ping(peer.endpoint(), TWO_SECONDS)))
                .getFirst();
    }

    private boolean isDoubted() {
        return node.core().statistics().requests().connectivity().doubted();
    }

    /** In the second case the monotonic clock stands still during sleep, as on some systems. */
    @ParameterizedTest
    @CsvSource({"28800, 28800", "0, 28800", "11, 11", "0, 40"})
    void aRequestUnderWayGoesOnAfterwards(long monotonicSeconds, long wallSeconds) {
        Effect.Send first = ping(peers.getFirst(), 1);
        node.advance(Duration.ofMillis(100));
        node.sleep(Duration.ofSeconds(monotonicSeconds), Duration.ofSeconds(wallSeconds));
        assertThat(SoloNode.outcomes(node.tick())).isEmpty();
        assertThat(isDoubted()).isTrue();
        List<Effect> afterwards = node.advance(Duration.ofMillis(500));
        assertThat(SoloNode.sends(afterwards)).as("asked again").contains(first);
        assertThat(SoloNode.outcomes(node.pong(peers.getFirst(), first)))
                .singleElement()
                .isInstanceOfSatisfying(
                        Outcome.Answered.class,
                        answered -> assertThat(answered.roundTrip()).isLessThan(TWO_SECONDS));
        assertThat(isDoubted()).isFalse();
    }

    @Test
    void aRequestThatTimesOutAfterwardsSuspectsNoPeer() {
        node.submit(1, new Command.FindNode(peers.getFirst().id(), TWO_SECONDS));
        node.sleep(Duration.ofHours(1), Duration.ofHours(1));
        node.tick();
        node.advance(Duration.ofSeconds(5));
        assertThat(node.core().statistics().requests().timedOut()).isZero();
        assertThat(node.core().statistics().requests().excused()).isPositive();
        assertThat(node.core().contacts()).hasSize(8);
    }

    @Test
    void timersDoNotFireInOneBurst() {
        node.submit(1, new Command.FindNode(NodeId.ZERO, Duration.ofSeconds(10)));
        node.sleep(Duration.ofHours(8), Duration.ofHours(8));
        List<Effect> effects = node.tick();
        assertThat(SoloNode.outcomes(effects)).isEmpty();
        assertThat(SoloNode.sends(effects)).as("a few contacts are checked").hasSizeBetween(4, 8);
        assertThat(node.core().nextDeadline()).isGreaterThan(node.now().nanos());
        assertThat(SoloNode.sends(node.advance(Duration.ofSeconds(1)))).hasSizeLessThan(30);
    }

    @Test
    void theNextAnswerRefreshesTheNeighbourhoodAndThenOneBucketAfterTheOther() {
        node.sleep(Duration.ofHours(8), Duration.ofHours(8));
        List<Effect.Send> checks = SoloNode.pings(node.tick());
        Peer awake = peers.stream()
                .filter(peer -> peer.endpoint().equals(checks.getFirst().to()))
                .findFirst()
                .orElseThrow();
        List<Effect> effects = node.pong(awake, checks.getFirst());
        assertThat(SoloNode.sends(effects, new Message.FindNode(SoloNode.SELF.nodeId())::equals))
                .isNotEmpty();
        List<Effect> later = node.advance(Duration.ofSeconds(70));
        assertThat(SoloNode.sends(
                        later,
                        message -> message instanceof Message.FindNode(NodeId target)
                                && !target.equals(SoloNode.SELF.nodeId())))
                .as("a bucket")
                .isNotEmpty();
    }

    @Test
    void deadlinesAreTheShellsOwn() {
        long before = node.core().nextDeadline() - node.now().nanos();
        node.sleep(Duration.ofHours(2), Duration.ofHours(2));
        node.tick();
        assertThat(node.core().nextDeadline() - node.now().nanos()).isBetween(0L, before);
        node.advance(Duration.ofMinutes(5));
        node.sleep(Duration.ofHours(2), Duration.ofHours(2));
        node.tick();
        assertThat(node.core().nextDeadline() - node.now().nanos())
                .isBetween(0L, Duration.ofMinutes(1).toNanos());
    }

    @ParameterizedTest
    @ValueSource(longs = {-3600, -86_400L * 365 * 40, 86_400L * 365 * 40, 29, -29})
    void theWallClockMayBeSetToAnything(long seconds) {
        Effect.Send first = ping(peers.getFirst(), 1);
        node.sleep(Duration.ZERO, Duration.ofSeconds(seconds));
        node.tick();
        assertThat(SoloNode.outcomes(node.pong(peers.getFirst(), first)))
                .singleElement()
                .isInstanceOf(Outcome.Answered.class);
        // Together not long enough to take all peers, which do not answer meanwhile, for dead.
        node.advance(Duration.ofMinutes(2));
        node.sleep(Duration.ZERO, Duration.ofSeconds(-seconds));
        node.tick();
        node.advance(Duration.ofMinutes(2));
        assertThat(node.core().contacts()).hasSize(8);
    }

    @Test
    void aTimerThatIsALittleLateIsNoSleep() {
        ping(peers.getFirst(), 1);
        node.sleep(Duration.ofSeconds(9), Duration.ofSeconds(9));
        assertThat(SoloNode.outcomes(node.tick())).containsExactly(new Outcome.NoAnswer());
        assertThat(node.core().statistics().requests().connectivity().doubts()).isZero();
    }

    // ---- another network --------------------------------------------------------------------------------------

    @Test
    void inAnotherNetworkWhatWasMeasuredIsForgottenAndContactsAreChecked() {
        Peer near = peers.getFirst();
        for (int i = 1; i <= 3; i++) {
            node.pong(near, ping(near, i));
        }
        List<Effect> effects = node.submit(10, new Command.NetworkChanged());
        assertThat(SoloNode.outcomes(effects)).containsExactly(new Outcome.Noted());
        List<Effect.Send> checks = SoloNode.pings(effects);
        assertThat(checks).hasSize(4);
        assertThat(isDoubted()).isTrue();
        Effect.Send check = checks.getFirst();
        assertThat(node.isAdmitted(near.at(check.to()), Header.of(MessageType.PONG, check.transactionId())))
                .isTrue();
        assertThat(SoloNode.sends(node.advance(Duration.ofMillis(499)))).isEmpty();
        assertThat(SoloNode.sends(node.advance(Duration.ofMillis(1)))).containsExactlyElementsOf(checks);
    }

    @Test
    void aNodeThatLostItsNetworkCallsItsSeedsWhenItIsInAnother() {
        Peer seed = node.newPeer();
        node.submit(1, new Command.Bootstrap(List.of(seed.endpoint()), TWO_SECONDS));
        node.advance(Duration.ofSeconds(3));
        List<Effect> effects = node.submit(10, new Command.NetworkChanged());
        assertThat(SoloNode.pingsTo(effects, seed.endpoint())).hasSize(1);
    }
}
