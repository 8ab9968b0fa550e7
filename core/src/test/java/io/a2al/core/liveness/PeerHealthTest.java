package io.a2al.core.liveness;

import static io.a2al.core.liveness.PeerHealth.State.BAD;
import static io.a2al.core.liveness.PeerHealth.State.GOOD;
import static io.a2al.core.liveness.PeerHealth.State.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerHealthTest {

    private static final NodeId PEER = Fixtures.B.nodeId();

    private final PeerHealth health = new PeerHealth(PeerHealthSettings.DEFAULT, 100);

    @Test
    void theRoundTripOfAPeerThatWasForgottenIsTheOneRememberedElsewhere() {
        PeerHealth small =
                new PeerHealth(PeerHealthSettings.DEFAULT, 1, peer -> peer.equals(Fixtures.A.nodeId()) ? 70 : 0);
        assertThat(small.roundTripOf(Fixtures.A.nodeId()).nanos()).isEqualTo(70);
        assertThat(small.roundTripOf(Fixtures.B.nodeId()).isKnown()).isFalse();
        small.measured(Fixtures.A.nodeId(), 90);
        assertThat(small.roundTripOf(Fixtures.A.nodeId()).nanos()).isEqualTo(90);
    }

    private static long seconds(long count) {
        return Duration.ofSeconds(count).toNanos();
    }

    @Test
    void aPeerNeverAskedIsUnknown() {
        assertThat(health.stateOf(PEER, 0)).isEqualTo(UNKNOWN);
        assertThat(health.isLost(PEER)).isFalse();
        assertThat(health.roundTripOf(PEER).isKnown()).isFalse();
    }

    @Test
    void oneFailureDoesNotMakeAPeerBad() {
        health.success(PEER);
        assertThat(health.stateOf(PEER, 0)).isEqualTo(GOOD);
        health.failure(PEER, 0);
        assertThat(health.stateOf(PEER, 0)).isEqualTo(GOOD);
        health.failure(PEER, 0);
        assertThat(health.stateOf(PEER, 0)).isEqualTo(BAD);
        health.success(PEER);
        assertThat(health.stateOf(PEER, 0)).isEqualTo(GOOD);
        health.failure(PEER, 0);
        assertThat(health.stateOf(PEER, 0)).isEqualTo(GOOD);
    }

    @Test
    void aPeerThatNeverAnsweredIsNotGood() {
        health.failure(PEER, 0);
        assertThat(health.stateOf(PEER, 0)).isEqualTo(UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1_000_000_000_000_000L, 5_000_000_000_000_000_000L})
    void d12_badFadesLaterWithEachFailure(long origin) {
        long penalty = seconds(30);
        for (int failures = 2; failures <= 12; failures++) {
            health.failure(PEER, origin);
            if (failures == 2) {
                health.failure(PEER, origin);
            }
            assertThat(health.stateOf(PEER, origin + penalty - 1))
                    .as("%d", failures)
                    .isEqualTo(BAD);
            assertThat(health.stateOf(PEER, origin + penalty))
                    .as("%d", failures)
                    .isEqualTo(UNKNOWN);
            penalty = Math.min(2 * penalty, seconds(30 << 7));
        }
    }

    @Test
    void aPeerIsLostAfterFiveFailuresInARow() {
        for (int i = 0; i < 4; i++) {
            health.failure(PEER, 0);
        }
        assertThat(health.isLost(PEER)).isFalse();
        health.failure(PEER, 0);
        assertThat(health.isLost(PEER)).isTrue();
        health.success(PEER);
        assertThat(health.isLost(PEER)).isFalse();
    }

    @Test
    void evictsTheLeastRecentlyUsedPeer() {
        PeerHealth small = new PeerHealth(PeerHealthSettings.DEFAULT, 3);
        for (int i = 0; i < 3; i++) {
            small.success(Fixtures.identity(i).nodeId());
        }
        assertThat(small.stateOf(Fixtures.identity(0).nodeId(), 0)).isEqualTo(GOOD);
        for (int i = 3; i < 5; i++) {
            small.success(Fixtures.identity(i).nodeId());
            assertThat(small.size()).isEqualTo(3);
        }
        assertThat(small.stateOf(Fixtures.identity(0).nodeId(), 0)).isEqualTo(GOOD);
        assertThat(small.stateOf(Fixtures.identity(1).nodeId(), 0)).isEqualTo(UNKNOWN);
        assertThat(small.stateOf(Fixtures.identity(2).nodeId(), 0)).isEqualTo(UNKNOWN);
    }

    @Test
    void theMedianIsThatOfTheLatestMeasurements() {
        assertThat(health.medianRoundTrip(77)).isEqualTo(77);
        health.measured(PEER, 500);
        assertThat(health.medianRoundTrip(77)).isEqualTo(500);
        health.measured(PEER, 100);
        health.measured(PEER, 300);
        assertThat(health.medianRoundTrip(77)).isEqualTo(300);
        for (int i = 0; i < 63; i++) {
            health.measured(PEER, 1000 + i);
        }
        assertThat(health.medianRoundTrip(77)).isEqualTo(1031);
    }

    @Test
    void roundTripsAreKeptPerPeer() {
        health.measured(PEER, 800);
        health.measured(Fixtures.C.nodeId(), 100);
        assertThat(health.roundTripOf(PEER).nanos()).isEqualTo(800);
        health.measured(PEER, 1600);
        assertThat(health.roundTripOf(PEER).nanos()).isEqualTo(900);
    }

    @Test
    void aPeerThatFailedTwiceIsNotAskedForHalfAMinute() {
        health.failure(PEER, 0);
        assertThat(health.failedRecently(PEER, 0)).isFalse();
        health.failure(PEER, seconds(10));
        assertThat(health.failedRecently(PEER, seconds(39))).isTrue();
        assertThat(health.failedRecently(PEER, seconds(40))).isFalse();
        health.failure(PEER, seconds(50));
        assertThat(health.stateOf(PEER, seconds(100))).as("still bad").isEqualTo(BAD);
        assertThat(health.failedRecently(PEER, seconds(100)))
                .as("but worth a question")
                .isFalse();
    }

    @Test
    void clearedFailuresDoNotCount() {
        health.success(PEER);
        for (int i = 0; i < 3; i++) {
            health.failure(PEER, 5);
        }
        assertThat(health.failingSince(PEER)).contains(5L);
        health.clear(PEER, 2);
        assertThat(health.failures(PEER)).isEqualTo(1);
        assertThat(health.stateOf(PEER, 5)).isEqualTo(GOOD);
        health.clear(PEER, 9);
        assertThat(health.failures(PEER)).isZero();
        assertThat(health.answeredLast(PEER)).isTrue();
        assertThat(health.failingSince(PEER)).isEmpty();
        health.clear(Fixtures.C.nodeId(), 1);
        assertThat(health.size()).isEqualTo(1);
    }

    @Test
    void silenceInOutagesLastsUntilAnAnswer() {
        health.silent(PEER, 7);
        health.endOutage();
        assertThat(health.silentSince(PEER)).as("not asked in this outage").isEmpty();
        health.silent(PEER, 9);
        assertThat(health.silentSince(PEER)).contains(7L);
        health.success(PEER);
        assertThat(health.silentSince(PEER)).isEmpty();
        health.silent(PEER, 11);
        assertThat(health.silentSince(PEER)).contains(11L);
    }

    @Test
    void roundTripsCanBeForgotten() {
        health.measured(PEER, 800);
        health.forgetRoundTrips();
        assertThat(health.roundTripOf(PEER).isKnown()).isFalse();
        assertThat(health.medianRoundTrip(77)).isEqualTo(77);
    }
}
