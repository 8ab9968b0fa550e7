package io.a2al.core.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.liveness.RoundTrip;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {

    @ParameterizedTest
    @CsvSource({"1, 250", "100, 250", "125, 250", "200, 400", "499, 998", "500, 1000", "3000, 1000"})
    void waitsTwiceTheRoundTripWithinBounds(long roundTripMillis, long expectedMillis) {
        RoundTrip roundTrip = new RoundTrip();
        roundTrip.sample(Duration.ofMillis(roundTripMillis).toNanos());
        assertThat(RetryPolicy.DEFAULT.waitAfter(1, roundTrip))
                .isEqualTo(Duration.ofMillis(expectedMillis).toNanos());
    }

    @Test
    void doublesTheWaitButNotForEver() {
        RoundTrip unknown = new RoundTrip();
        for (int attempt = 1; attempt <= 7; attempt++) {
            assertThat(RetryPolicy.DEFAULT.waitAfter(attempt, unknown))
                    .isEqualTo(Duration.ofMillis(500L << (attempt - 1)).toNanos());
        }
        assertThat(RetryPolicy.DEFAULT.waitAfter(100, unknown)).isEqualTo(RetryPolicy.DEFAULT.waitAfter(7, unknown));
    }

    @Test
    void aBoundHoldsUntilThereIsAMeasurement() {
        RoundTrip roundTrip = new RoundTrip();
        roundTrip.atMost(900);
        roundTrip.atMost(700);
        assertThat(roundTrip.nanos()).isEqualTo(700);
        roundTrip.sample(80);
        assertThat(roundTrip.nanos()).isEqualTo(80);
        roundTrip.atMost(2000);
        assertThat(roundTrip.nanos()).isEqualTo(80);
    }

    @Test
    void aRoundTripIsSmoothed() {
        RoundTrip roundTrip = new RoundTrip();
        assertThat(roundTrip.isKnown()).isFalse();
        assertThat(roundTrip.nanos()).isZero();
        roundTrip.sample(0);
        assertThat(roundTrip.isKnown()).isTrue();
        roundTrip.sample(801);
        assertThat(roundTrip.nanos()).isEqualTo(101);
        roundTrip.sample(21);
        assertThat(roundTrip.nanos()).isEqualTo(91);
    }
}
