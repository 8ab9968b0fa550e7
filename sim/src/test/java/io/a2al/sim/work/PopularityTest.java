package io.a2al.sim.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.sim.engine.Purpose;
import io.a2al.sim.engine.Stream;
import io.a2al.sim.engine.Streams;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PopularityTest {

    private static int[] draw(Popularity popularity, int ranks) {
        Stream stream = new Streams(2).of(Purpose.LOOKUP, 0);
        int[] drawn = new int[ranks];
        for (int i = 0; i < 100_000; i++) {
            drawn[popularity.draw(stream)]++;
        }
        return drawn;
    }

    @Test
    void withExponentOneTheSecondRankIsHalfAsLikelyAsTheFirst() {
        int[] drawn = draw(new Popularity(100, 1), 100);
        // The sum of 1/n up to 100 is 5.187.
        assertThat(drawn[0]).isBetween(18_800, 19_800);
        assertThat(drawn[1]).isBetween(9_300, 10_000);
        assertThat(drawn[9]).isBetween(1_780, 2_080);
        assertThat(drawn[99]).isPositive();
    }

    @Test
    void withExponentZeroAllRanksAreEquallyLikely() {
        assertThat(Arrays.stream(draw(new Popularity(10, 0), 10))).allMatch(count -> count > 9_600 && count < 10_400);
    }

    @Test
    void aSingleRankIsAlwaysDrawn() {
        assertThat(draw(new Popularity(1, 0.8), 1)).containsExactly(100_000);
    }
}
