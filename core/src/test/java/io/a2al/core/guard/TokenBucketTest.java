package io.a2al.core.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final Rate RATE = new Rate(10, 3);

    private long now = -SECOND / 20;
    private final TokenBucket bucket = new TokenBucket(RATE, now);

    private int take(int tries) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            if (bucket.mayTake(now)) {
                bucket.take(now);
                taken++;
            }
        }
        return taken;
    }

    @Test
    void aBurstThenOneForEachInterval() {
        assertThat(take(10)).isEqualTo(3);
        now += SECOND / 10 - 1;
        assertThat(take(10)).isZero();
        now += 1;
        assertThat(take(10)).isEqualTo(1);
        now += 3600 * SECOND;
        assertThat(take(10)).as("no more than a burst after a long time").isEqualTo(3);
    }

    @Test
    void aRateIsPositive() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Rate(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Rate(Double.NaN, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Rate(1, 0));
    }

    @Test
    void aShareOfARateHasThatShareOfBoth() {
        assertThat(new Rate(10, 8).share(0.25)).isEqualTo(new Rate(2.5, 2));
        assertThat(new Rate(10, 2).share(0.25)).as("at least one at once").isEqualTo(new Rate(2.5, 1));
        assertThat(new Rate(10, 8).times(3)).isEqualTo(new Rate(30, 24));
    }
}
