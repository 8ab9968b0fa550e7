package io.a2al.core.nat;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Known-defects D-43. The node listens on port 4121 and is seen at port 61000. */
class HairpinsTest {

    private static final Endpoint SELF = Fixtures.ipv4("cb007107", 61_000);
    private static final Endpoint NEIGHBOUR = SELF.withPort(4121);
    private static final Endpoint ELSEWHERE = Fixtures.ipv4("c6336409", 61_000);
    private static final Duration MEMORY = Duration.ofMinutes(30);

    private final Hairpins hairpins = new Hairpins(MEMORY, 3);
    private long now = -Duration.ofDays(3).toNanos();

    @Test
    void d43_ourOwnReflectionIsNoPeer() {
        hairpins.setSelf(Optional.of(SELF));
        assertThat(hairpins.isHopeless(SELF, now)).isTrue();
        assertThat(hairpins.isHopeless(SELF.withPort(61_001), now)).isFalse();
        hairpins.setSelf(Optional.empty());
        assertThat(hairpins.isHopeless(SELF, now)).isFalse();
    }

    @Test
    void d43_aNeighbourIsTriedAndTheResultRemembered() {
        hairpins.setSelf(Optional.of(SELF));
        assertThat(hairpins.isHopeless(NEIGHBOUR, now)).isFalse();
        hairpins.silent(NEIGHBOUR, now);
        assertThat(hairpins.isHopeless(NEIGHBOUR, now)).isTrue();
        assertThat(hairpins.isHopeless(SELF.withPort(4122), now))
                .as("another one")
                .isFalse();

        now += MEMORY.toNanos() - 1;
        assertThat(hairpins.isHopeless(NEIGHBOUR, now)).isTrue();
        now++;
        assertThat(hairpins.isHopeless(NEIGHBOUR, now)).as("not for ever").isFalse();

        hairpins.silent(NEIGHBOUR, now);
        hairpins.answered(NEIGHBOUR);
        assertThat(hairpins.isHopeless(NEIGHBOUR, now)).isFalse();
    }

    @Test
    void timeoutsOfNodesElsewhereHaveNoConsequence() {
        hairpins.setSelf(Optional.of(SELF));
        hairpins.silent(ELSEWHERE, now);
        assertThat(hairpins.isHopeless(ELSEWHERE, now)).isFalse();
        assertThat(hairpins.size()).isZero();
    }

    @Test
    void onlyTheIpMayBeKnown() {
        hairpins.setSelf(Optional.of(SELF.withPort(0)));
        assertThat(hairpins.isHopeless(SELF, now)).as("tried like any other").isFalse();
        hairpins.silent(SELF, now);
        assertThat(hairpins.isHopeless(SELF, now)).isTrue();
    }

    @Test
    void theMemoryIsBoundedAndEndsWithTheNetwork() {
        hairpins.setSelf(Optional.of(SELF));
        for (int port = 1; port <= 5; port++) {
            hairpins.silent(SELF.withPort(port), now);
        }
        assertThat(hairpins.size()).isEqualTo(3);
        assertThat(hairpins.isHopeless(SELF.withPort(1), now)).isFalse();
        hairpins.forget();
        assertThat(hairpins.isHopeless(SELF.withPort(5), now)).isFalse();
    }
}
