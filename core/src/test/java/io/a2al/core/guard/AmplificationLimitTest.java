package io.a2al.core.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AmplificationLimitTest {

    private static final NodeId NODE = Fixtures.A.nodeId();
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final AmplificationLimit limit =
            new AmplificationLimit(GuardSettings.DEFAULT.replies().withMaxEndpoints(2));

    /** Clocks may begin anywhere. */
    private long now = -30 * MINUTE;

    private static Endpoint at(int port) {
        return Fixtures.ipv4("cb007101", port);
    }

    @Test
    void anEndpointIsVerifiedForItsTime() {
        assertThat(limit.isVerified(at(1), now)).isFalse();
        limit.verify(at(1), NODE, now);
        now += 10 * MINUTE - 1;
        assertThat(limit.isVerified(at(1), now)).isTrue();
        assertThat(limit.isVerified(at(1), NODE, now)).isTrue();
        assertThat(limit.isVerified(at(1), Fixtures.B.nodeId(), now)).isFalse();
        assertThat(limit.isVerified(at(2), now)).isFalse();
        now++;
        assertThat(limit.isVerified(at(1), now)).isFalse();
        assertThat(limit.isVerified(at(1), NODE, now)).isFalse();
    }

    @Test
    void nothingIsForgottenBeforeTheAccountsAreFull() {
        limit.receive(at(1), 100, now);
        limit.receive(at(2), 100, now);
        assertThat(limit.mayHaveForgotten(now)).isFalse();
        limit.receive(at(3), 100, now);
        assertThat(limit.hasAccount(at(1))).isFalse();
        assertThat(limit.mayHaveForgotten(now)).isTrue();
    }

    /** What an evicted endpoint sent counts until its account would have ended by itself. */
    @Test
    void anEvictionIsRememberedAsLongAsItsAccountWouldCount() {
        limit.receive(at(1), 100, now);
        limit.receive(at(2), 100, now);
        limit.receive(at(3), 100, now + 1);
        assertThat(limit.mayHaveForgotten(now + MINUTE)).isTrue();
        assertThat(limit.mayHaveForgotten(now + MINUTE + 1)).isFalse();
    }

    @Test
    void theLatestOfSeveralEvictionsCounts() {
        limit.receive(at(1), 100, now);
        limit.receive(at(2), 100, now + 10);
        limit.receive(at(3), 100, now + 20);
        limit.receive(at(4), 100, now + 20);
        assertThat(limit.mayHaveForgotten(now + 10 + MINUTE)).isTrue();
        assertThat(limit.mayHaveForgotten(now + 11 + MINUTE)).isFalse();
    }

    /** An account that no longer counted is no loss, and does not prolong what an earlier eviction left. */
    @Test
    void anEvictionAfterTheEndOfTheLastOneCountsByItself() {
        limit.receive(at(1), 100, now);
        limit.receive(at(2), 100, now);
        limit.receive(at(3), 100, now);
        long later = now + 5 * MINUTE;
        limit.receive(at(4), 100, later);
        assertThat(limit.mayHaveForgotten(later))
                .as("the account was five minutes old")
                .isFalse();
        limit.receive(at(5), 100, later);
        limit.receive(at(6), 100, later);
        assertThat(limit.mayHaveForgotten(later + MINUTE)).isTrue();
        assertThat(limit.mayHaveForgotten(later + MINUTE + 1)).isFalse();
    }

    /** Times of the node may be negative and may overflow: only differences count. */
    @Test
    void timesAreComparedByTheirDifference() {
        limit.receive(at(2), 100, 90 * MINUTE);
        limit.receive(at(2), 100, 91 * MINUTE);
        assertThat(limit.account(at(2)).left()).isEqualTo(600);
        long late = Long.MAX_VALUE - MINUTE / 2;
        limit.receive(at(1), 100, late);
        limit.receive(at(1), 100, late + MINUTE);
        assertThat(limit.account(at(1)).left()).isEqualTo(600);
        limit.receive(at(1), 100, late + 2 * MINUTE + 1);
        assertThat(limit.account(at(1)).left()).isEqualTo(300);
    }

    @Test
    void anEndpointThatIsVerifiedHasNoAccount() {
        limit.receive(at(1), 100, now);
        assertThat(limit.hasAccount(at(1))).isTrue();
        limit.verify(at(1), NODE, now);
        assertThat(limit.hasAccount(at(1))).isFalse();
    }
}
