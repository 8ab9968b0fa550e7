package io.a2al.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Admission;
import io.a2al.core.api.Effect;
import io.a2al.core.guard.GuardSettings;
import io.a2al.core.guard.Rate;
import io.a2al.core.routing.RoutingTable;
import io.a2al.core.testing.SoloNode;
import io.a2al.core.testing.SoloNode.Peer;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Header;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A node that was stopped for longer than a verification lasts still treats its peers as verified, because no node time
 * has passed. The clocks of the machine and of the node show the same at first, so that a confusion of the two shows
 * only after a clock jump.
 */
class VerifiedAfterSleepTest {

    private static final GuardSettings GUARD = GuardSettings.DEFAULT
            .withRates(new GuardSettings.Rates(new Rate(50, 200), new Rate(200, 800), new Rate(10, 100), 0.5, 1 << 10))
            .withEchoProbe();

    /** Jumps: count, seconds of each on the monotonic clock and on the wall clock. */
    private static final String STOPPED = "2, 900, 900";

    /** The monotonic clock of some systems stands still while the machine sleeps. */
    private static final String STOPPED_WITH_ITS_CLOCK = "2, 0, 900";

    private static final String STOPPED_OFTEN = "20, 40, 40";

    private final SoloNode node = new SoloNode(NodeSettings.DEFAULT.withGuard(GUARD), 0);
    private final List<Peer> contacts = new ArrayList<>();

    /** Verified, but no contact, as its bucket is full. */
    private final Peer visitor = node.newPeerInBucket(0);

    @BeforeEach
    void verifyPeers() {
        for (int i = 0; i < RoutingTable.K; i++) {
            Peer contact = node.newPeerInBucket(0);
            node.befriend(contact);
            contacts.add(contact);
        }
        Effect.Send ping = SoloNode.pingsTo(node.request(visitor, findNode()), visitor.endpoint())
                .getFirst();
        node.pong(visitor, ping);
        assertThat(node.core().contacts()).hasSize(RoutingTable.K).doesNotContain(visitor.contact());
    }

    private static Message findNode() {
        return new Message.FindNode(NodeId.ZERO);
    }

    private void sleep(int jumps, long monotonicSeconds, long wallSeconds) {
        for (int i = 0; i < jumps; i++) {
            node.sleep(Duration.ofSeconds(monotonicSeconds), Duration.ofSeconds(wallSeconds));
            node.tick();
            node.advance(Duration.ofMillis(100));
        }
    }

    private Admission admission(Peer peer) {
        return node.admission(peer, Header.of(MessageType.PING, node.newTransaction()));
    }

    private int contactsToldTo(Peer peer) {
        List<Effect.Send> answers =
                SoloNode.sends(node.request(peer, findNode()), Message.FindNodeResponse.class::isInstance);
        return ((Message.FindNodeResponse) answers.getFirst().message()).nodes().size();
    }

    @ParameterizedTest
    @CsvSource({STOPPED, STOPPED_WITH_ITS_CLOCK, STOPPED_OFTEN})
    void peersHaveTheRatesOfVerifiedOnes(int jumps, long monotonicSeconds, long wallSeconds) {
        sleep(jumps, monotonicSeconds, wallSeconds);
        for (int i = 0; i < 50; i++) {
            assertThat(admission(node.newPeer())).isEqualTo(Admission.ADMITTED);
        }
        assertThat(admission(node.newPeer()))
                .as("unverified senders together have no more")
                .isEqualTo(Admission.TOTAL_RATE);
        assertThat(contacts).extracting(this::admission).containsOnly(Admission.ADMITTED);
        assertThat(admission(visitor)).isEqualTo(Admission.ADMITTED);
    }

    @ParameterizedTest
    @CsvSource({STOPPED, STOPPED_WITH_ITS_CLOCK, STOPPED_OFTEN})
    void peersGetFullAnswers(int jumps, long monotonicSeconds, long wallSeconds) {
        int full = contactsToldTo(visitor);
        sleep(jumps, monotonicSeconds, wallSeconds);
        assertThat(contactsToldTo(node.newPeerInBucket(0))).as("truncated").isLessThan(full);
        assertThat(contactsToldTo(visitor)).isEqualTo(full);
        assertThat(contactsToldTo(contacts.getFirst())).isEqualTo(full);
    }

    @ParameterizedTest
    @CsvSource({STOPPED, STOPPED_WITH_ITS_CLOCK, STOPPED_OFTEN})
    void noEchoProbeIsReturnedToThem(int jumps, long monotonicSeconds, long wallSeconds) {
        sleep(jumps, monotonicSeconds, wallSeconds);
        Bytes probe = Bytes.fromHex("00ec01");
        assertThat(node.core().mayEcho(node.now(), node.newPeer().endpoint(), probe))
                .isTrue();
        assertThat(node.core().mayEcho(node.now(), visitor.endpoint(), probe)).isFalse();
    }
}
