package io.a2al.core.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RateSketchTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final Rate RATE = new Rate(10, 30);

    /** Clocks may begin anywhere. */
    private long now = -3 * SECOND;

    private final RateSketch sketch = new RateSketch(RATE, 1024, 4121, now);

    private int take(long source, int tries) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += sketch.tryTake(source, now) ? 1 : 0;
        }
        return taken;
    }

    @Test
    void allowsABurstThenTheRate() {
        assertThat(take(1, 100)).isEqualTo(30);
        for (int second = 0; second < 20; second++) {
            now += SECOND;
            assertThat(take(1, 100)).isEqualTo(10);
        }
    }

    @Test
    void aPauseFillsTheBucketAndNoMore() {
        assertThat(take(1, 100)).isEqualTo(30);
        now += 2 * SECOND;
        assertThat(take(1, 100)).isEqualTo(20);
        now += 1000 * SECOND;
        assertThat(take(1, 100)).isEqualTo(30);
    }

    @Test
    void theRateOfOneSourceIsNotThatOfAnother() {
        assertThat(take(1, 100)).isEqualTo(30);
        assertThat(take(2, 100)).isEqualTo(30);
    }

    /** In a map one source would evict another; here there is nothing to evict. */
    @Test
    void d32_noNumberOfInventedSourcesGivesASourceMoreThanItsRate() {
        SplittableRandom random = new SplittableRandom(1);
        int passed = take(1, 30);
        for (int i = 0; i < 100_000; i++) {
            sketch.tryTake(random.nextLong(), now);
        }
        passed += take(1, 100);
        assertThat(passed).isEqualTo(30);
    }

    /** Half as many sources as buckets, all at their limit, do not affect nearly all other sources. */
    @Test
    void aFloodFromManySourcesDoesNotTakeTheRateOfOtherSources() {
        for (long source = 0; source < 128; source++) {
            take(source, 30);
        }
        int unharmed = 0;
        for (long source = 1_000_000; source < 1_001_000; source++) {
            unharmed += take(source, 1);
        }
        assertThat(unharmed).isGreaterThan(950);
    }

    /** An attacker that does not know the seed cannot aim at the buckets of another source. */
    @Test
    void theSeedDecidesWhichSourcesShareABucket() {
        SplittableRandom random = new SplittableRandom(2);
        int sameInBoth = 0;
        for (int i = 0; i < 200; i++) {
            long attacker = random.nextLong();
            RateSketch one = new RateSketch(RATE, 2, 1, now);
            RateSketch other = new RateSketch(RATE, 2, 2, now);
            drain(one, attacker);
            drain(other, attacker);
            sameInBoth += one.mayTake(7, now) == other.mayTake(7, now) ? 1 : 0;
        }
        assertThat(sameInBoth).isBetween(80, 180);
    }

    private void drain(RateSketch target, long source) {
        for (int i = 0; i < 30; i++) {
            target.take(source, now);
        }
    }

    @Test
    void theNumberOfBucketsIsAPowerOfTwo() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RateSketch(RATE, 1000, 1, now));
        assertThatIllegalArgumentException().isThrownBy(() -> new Rate(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Rate(1, 0));
    }
}
