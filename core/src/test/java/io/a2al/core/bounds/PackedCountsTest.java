package io.a2al.core.bounds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PackedCountsTest {

    @Test
    void anyMixOfMembersLeavesTheCountsOfASimpleMap() {
        SplittableRandom random = new SplittableRandom(1);
        PackedCounts counts = new PackedCounts(1);
        Map<Long, Integer> model = new HashMap<>();
        for (int step = 0; step < 20_000; step++) {
            long network = (long) random.nextInt(300) << random.nextInt(2) * 40;
            // More members at first, fewer later, so that it grows and becomes almost empty again.
            if (random.nextInt(10) < (step < 10_000 ? 7 : 2)) {
                counts.add(network);
                model.merge(network, 1, Integer::sum);
            } else {
                counts.remove(network);
                model.computeIfPresent(network, (same, count) -> count == 1 ? null : count - 1);
            }
            long other = (long) random.nextInt(300) << random.nextInt(2) * 40;
            assertThat(counts.of(network)).isEqualTo(model.getOrDefault(network, 0));
            assertThat(counts.of(other)).isEqualTo(model.getOrDefault(other, 0));
        }
        assertThat(model).isNotEmpty();
    }

    /** Strangers choose their networks, but do not know the seed. */
    @Test
    void networksThatCollideDoNotUnderAnotherSeed() {
        Map<Integer, Long> byHash = new HashMap<>();
        int pairs = 0;
        for (long network = 0; network < 300_000; network++) {
            Long other = byHash.put((int) (KeyedHash.of(network, 1) >>> Integer.SIZE), network);
            if (other != null) {
                pairs++;
                assertThat(countAfterAdding(other, network, 1)).isEqualTo(1);
                assertThat(countAfterAdding(other, network, 2)).isZero();
            }
        }
        assertThat(pairs).isPositive();
    }

    private static int countAfterAdding(long added, long asked, long seed) {
        PackedCounts counts = new PackedCounts(seed);
        counts.add(added);
        return counts.of(asked);
    }

    @Test
    void countsEndAtTheLargestThatTheyCanHold() {
        PackedCounts counts = new PackedCounts(1);
        for (int i = 0; i < 70_000; i++) {
            counts.add(7);
        }
        assertThat(counts.of(7)).isEqualTo(65_535);
    }
}
