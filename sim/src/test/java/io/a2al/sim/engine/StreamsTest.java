package io.a2al.sim.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StreamsTest {

    private static final int DRAWS = 100_000;

    private final Streams streams = new Streams(42);

    private static long[] firstTen(Stream stream) {
        return LongStream.generate(stream::nextLong).limit(10).toArray();
    }

    /** The numbers determine which run a seed gives, so they must never change. */
    @Test
    void aSeedAlwaysGivesTheSameNumbers() {
        assertThat(new Streams(7).of(Purpose.HOST, 3).nextLong()).isEqualTo(8339274114632093385L);
    }

    @Test
    void aStreamDependsOnlyOnSeedPurposeAndNumber() {
        long[] before = firstTen(streams.of(Purpose.CORE, 5));
        streams.of(Purpose.CORE, 6).nextLong();
        assertThat(firstTen(streams.of(Purpose.CORE, 5))).isEqualTo(before);
        assertThat(firstTen(streams.of(Purpose.CORE, 6))).doesNotContain(before);
        assertThat(firstTen(streams.of(Purpose.HOST, 5))).doesNotContain(before);
        assertThat(firstTen(new Streams(43).of(Purpose.CORE, 5))).doesNotContain(before);
    }

    @Test
    void noTwoPurposesShareACode() {
        Set<Integer> codes = new HashSet<>();
        assertThat(Purpose.values()).allMatch(purpose -> codes.add(purpose.code()));
    }

    @Test
    void distributionsHaveTheirMeansAndMedians() {
        Stream stream = streams.of(Purpose.SAMPLE, 1);
        assertThat(mean(DoubleStream.generate(stream::nextUnit))).isCloseTo(0.5, within(0.01));
        assertThat(mean(DoubleStream.generate(() -> stream.nextBelow(5)))).isCloseTo(2, within(0.02));
        assertThat(mean(DoubleStream.generate(() -> stream.nextExponential(3)))).isCloseTo(3, within(0.05));
        assertThat(mean(DoubleStream.generate(stream::nextNormal))).isCloseTo(0, within(0.02));
        assertThat(mean(DoubleStream.generate(() -> stream.chance(0.3) ? 1 : 0)))
                .isCloseTo(0.3, within(0.01));
        assertThat(median(DoubleStream.generate(() -> stream.nextLogNormal(6, 1.2))))
                .isCloseTo(6, within(0.15));
        // The median of a Weibull distribution is scale * ln(2)^(1/shape).
        assertThat(median(DoubleStream.generate(() -> stream.nextWeibull(100, 0.5))))
                .isCloseTo(48, within(2.0));
    }

    private static double mean(DoubleStream numbers) {
        return numbers.limit(DRAWS).average().orElseThrow();
    }

    private static double median(DoubleStream numbers) {
        double[] sorted = numbers.limit(DRAWS).sorted().toArray();
        return sorted[DRAWS / 2];
    }

    @Test
    void theHashDependsOnEveryByteAndTheLength() {
        byte[] bytes = new byte[21];
        streams.of(Purpose.SAMPLE, 2).nextBytes(bytes);
        Set<Long> hashes = new HashSet<>();
        for (int i = 0; i < bytes.length; i++) {
            byte[] changed = bytes.clone();
            changed[i] ^= 1;
            hashes.add(Mixer.add(0, changed, 0, changed.length));
            hashes.add(Mixer.add(0, bytes, 0, i));
        }
        assertThat(hashes).hasSize(2 * bytes.length);
    }
}
