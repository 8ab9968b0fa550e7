package io.a2al.core.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Reach;
import io.a2al.core.bounds.Occupancy;
import io.a2al.core.routing.SeenPeers.Seen;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.Topics;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeenPeersTest {

    private static final long NOW = 1_700_000_000L;
    private static final long HOUR = 3600;
    private static final long DAY = 24 * HOUR;

    private final SeenPeers seen = new SeenPeers(100);

    private static NodeId peer(int number) {
        return Topics.keyOf("peer " + number);
    }

    @Test
    void boundsAreIncluded() {
        seen.note(peer(1), NOW);
        assertThat(seen.reach(NOW)).isEqualTo(new Reach(1, 1, 1, 1));
        assertThat(seen.reach(NOW + HOUR)).isEqualTo(new Reach(1, 1, 1, 1));
        assertThat(seen.reach(NOW + HOUR + 1)).isEqualTo(new Reach(0, 1, 1, 1));
        assertThat(seen.reach(NOW + DAY)).isEqualTo(new Reach(0, 1, 1, 1));
        assertThat(seen.reach(NOW + DAY + 1)).isEqualTo(new Reach(0, 0, 1, 1));
        assertThat(seen.reach(NOW + 7 * DAY)).isEqualTo(new Reach(0, 0, 1, 1));
        assertThat(seen.reach(NOW + 7 * DAY + 1)).isEqualTo(new Reach(0, 0, 0, 1));
    }

    @Test
    void aPeerSeenAgainIsOnePeer() {
        seen.note(peer(1), NOW);
        seen.note(peer(2), NOW + 1);
        seen.note(peer(1), NOW + 2 * HOUR);
        assertThat(seen.reach(NOW + 2 * HOUR)).isEqualTo(new Reach(1, 2, 2, 2));
        assertThat(seen.all()).containsExactly(new Seen(peer(2), NOW + 1), new Seen(peer(1), NOW + 2 * HOUR));
    }

    @Test
    void aPeerKnownBeforeTheStartDoesNotCountSinceIt() {
        seen.restore(
                List.of(
                        new Seen(peer(1), NOW - 2 * DAY),
                        new Seen(peer(2), NOW - 2 * HOUR),
                        new Seen(peer(3), NOW - 7 * DAY),
                        new Seen(peer(4), NOW - 7 * DAY - 1),
                        new Seen(peer(5), Long.MIN_VALUE),
                        new Seen(peer(6), 0)),
                NOW);
        assertThat(seen.reach(NOW)).isEqualTo(new Reach(0, 1, 3, 0));
        seen.note(peer(1), NOW);
        seen.note(peer(1), NOW);
        assertThat(seen.reach(NOW)).isEqualTo(new Reach(1, 2, 3, 1));
    }

    @Test
    void aTimeInTheFutureCountsAsThePresent() {
        seen.restore(List.of(new Seen(peer(1), Long.MAX_VALUE)), NOW);
        assertThat(seen.all()).containsExactly(new Seen(peer(1), NOW));
    }

    @Test
    void d38_thePeerNotSeenForLongestIsForgottenAtTheLimit() {
        List<Seen> earlier = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            earlier.add(new Seen(peer(i), NOW - i));
        }
        seen.restore(earlier, NOW);
        assertThat(seen.occupancy()).isEqualTo(new Occupancy(100, 100));
        assertThat(seen.all())
                .extracting(Seen::nodeId)
                .contains(peer(0), peer(99))
                .doesNotContain(peer(100));

        seen.note(peer(99), NOW);
        seen.note(peer(1000), NOW);
        assertThat(seen.all()).hasSize(100);
        assertThat(seen.all())
                .extracting(Seen::nodeId)
                .contains(peer(99), peer(1000))
                .doesNotContain(peer(98));
    }

    @Test
    void purgingRemovesPeersNotSeenForAWeek() {
        seen.note(peer(1), NOW);
        seen.note(peer(2), NOW + 1);
        seen.purge(NOW + 7 * DAY);
        assertThat(seen.all()).hasSize(2);
        seen.purge(NOW + 7 * DAY + 1);
        assertThat(seen.all()).containsExactly(new Seen(peer(2), NOW + 1));
    }
}
