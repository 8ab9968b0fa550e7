package io.a2al.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    @Test
    void quantilesAreExactToOneIn64() {
        Random random = new Random(1);
        long[] times = new long[20_000];
        Latencies latencies = new Latencies();
        for (int i = 0; i < times.length; i++) {
            times[i] = (long) Math.exp(random.nextDouble() * 25);
            latencies.add(times[i]);
        }
        Arrays.sort(times);

        for (double share : new double[] {0.001, 0.1, 0.5, 0.9, 0.99, 0.999, 1}) {
            long exact = times[(int) Math.ceil(share * times.length) - 1];
            assertThat((double) latencies.quantile(share).toNanos())
                    .as("quantile %s", share)
                    .isBetween(exact * (1 - 1 / 64.0), exact * (1 + 1 / 64.0));
        }
    }

    @Test
    void smallestAndLargestTimesHaveBuckets() {
        Latencies latencies = new Latencies();
        latencies.add(-5);
        latencies.add(0);
        latencies.add(63);
        latencies.add(Long.MAX_VALUE);
        assertThat(latencies.count()).isEqualTo(4);
        assertThat(latencies.quantile(0.5)).isZero();
        assertThat(latencies.quantile(0.75)).isEqualTo(Duration.ofNanos(63));
        assertThat(latencies.quantile(1).toNanos()).isGreaterThan(Long.MAX_VALUE / 64 * 63);
    }

    @Test
    void quantileWithoutTimesIsZero() {
        assertThat(new Latencies().quantile(0.99)).isZero();
    }
}
