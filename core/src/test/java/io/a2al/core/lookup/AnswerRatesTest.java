package io.a2al.core.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AnswerRatesTest {

    private final AnswerRates rates = new AnswerRates();

    @Test
    void eachKindHasItsOwnRate() {
        for (int i = 0; i < 1000; i++) {
            rates.note(true, true);
            rates.note(false, i % 4 != 0);
        }
        assertThat(rates.chance(true)).isEqualTo(1);
        assertThat(rates.chance(false)).isCloseTo(0.75, within(0.05));
    }

    @Test
    void aRateNeverFallsBelowAHalf() {
        for (int i = 0; i < 1000; i++) {
            rates.note(true, false);
        }
        assertThat(rates.chance(true)).isEqualTo(0.5);
        assertThat(rates.chance(false)).isEqualTo(0.8);
    }
}
