package io.a2al.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class HistogramTest {

    @Test
    void aBoundBelongsToTheRangeBelowItAndTheLastRangeHasNone() {
        Histogram histogram = new Histogram(0, 10, 20);
        for (long value : new long[] {0, 1, 10, 11, 20, 21, 1_000_000}) {
            histogram.record(value);
        }
        Distribution distribution = histogram.snapshot();
        assertThat(distribution.bounds()).containsExactly(0L, 10L, 20L);
        assertThat(distribution.counts()).containsExactly(1L, 2L, 2L, 2L);
        assertThat(distribution.total()).isEqualTo(7);
        assertThat(distribution.sum()).isEqualTo(1_000_063);
    }

    @Test
    void whatWasReadDoesNotChange() {
        Histogram histogram = new Histogram(1);
        Distribution before = histogram.snapshot();
        histogram.record(1);
        assertThat(before.total()).isZero();
        assertThat(histogram.snapshot().total()).isEqualTo(1);
    }

    @Test
    void boundsAreInMillisecondsOnRequestAndAscend() {
        assertThat(Histogram.millis(1, 20)).containsExactly(1_000_000, 20_000_000);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Histogram(2, 2))
                .withMessageContaining("[2, 2]");
    }
}
