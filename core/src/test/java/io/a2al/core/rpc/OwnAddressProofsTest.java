package io.a2al.core.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OwnAddressProofsTest {

    private static final long MADE = Duration.ofHours(-2).toNanos();

    @Test
    void countFromWhenTheyWereMadeAndForNineMinutes() {
        OwnAddressProofs introductions = new OwnAddressProofs(Duration.ofMinutes(10), 2);
        assertThat(introductions.isEmpty()).isTrue();
        introductions.make(Fixtures.A.nodeId(), MADE);
        assertThat(introductions.isEmpty()).isFalse();
        assertThat(introductions.wereMadeTo(Fixtures.A.nodeId(), MADE - 1)).isFalse();
        assertThat(introductions.wereMadeTo(Fixtures.A.nodeId(), MADE)).isTrue();
        long end = MADE + Duration.ofMinutes(9).toNanos();
        assertThat(introductions.wereMadeTo(Fixtures.A.nodeId(), end - 1)).isTrue();
        assertThat(introductions.wereMadeTo(Fixtures.A.nodeId(), end)).isFalse();
        assertThat(introductions.wereEverMadeTo(Fixtures.A.nodeId(), end)).isTrue();
        assertThat(introductions.wereEverMadeTo(Fixtures.A.nodeId(), MADE - 1)).isFalse();
        assertThat(introductions.wereMadeTo(Fixtures.B.nodeId(), MADE)).isFalse();
    }

    @Test
    void theOldestIsForgottenAtTheLimit() {
        OwnAddressProofs introductions = new OwnAddressProofs(Duration.ofMinutes(10), 2);
        for (int i = 0; i < 3; i++) {
            introductions.make(Fixtures.identity(i).nodeId(), MADE + i);
        }
        assertThat(introductions.wereMadeTo(Fixtures.identity(0).nodeId(), MADE + 3))
                .isFalse();
        assertThat(introductions.wereMadeTo(Fixtures.identity(1).nodeId(), MADE + 3))
                .isTrue();
    }
}
