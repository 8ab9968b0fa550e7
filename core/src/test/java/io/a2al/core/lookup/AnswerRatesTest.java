package io.a2al.core.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AnswerRatesTest {

    private final AnswerRates rates = new AnswerRates();

    @Test
    void ofThoseNamedItIsTheShareThatAnswered() {
        assertThat(rates.chance(0)).isEqualTo(0.8);
        for (int i = 0; i < 1000; i++) {
            rates.note(0, i % 4 != 0);
        }
        assertThat(rates.chance(0)).isCloseTo(0.75, within(0.05));
        assertThat(rates.chance(0.9)).as("of those remembered").isEqualTo(0.9);
    }

    /** A contact that answers in three of four cases and was expected to is no reason to ask more nodes. */
    @Test
    void ofThoseRememberedItIsWhatWasExpectedUnlessFewerAnswered() {
        for (int i = 0; i < 1000; i++) {
            rates.note(0.75, i % 4 != 0);
        }
        assertThat(rates.chance(0.75)).isCloseTo(0.75, within(0.05));
        for (int i = 0; i < 1000; i++) {
            rates.note(1, i % 4 != 0);
        }
        assertThat(rates.chance(0.8)).isCloseTo(0.6, within(0.05));
        for (int i = 0; i < 1000; i++) {
            rates.note(0.5, true);
        }
        assertThat(rates.chance(0.5)).as("never more than remembered").isEqualTo(0.5);
    }

    @Test
    void noRateFallsBelowAHalf() {
        for (int i = 0; i < 1000; i++) {
            rates.note(1, false);
            rates.note(0, false);
        }
        assertThat(rates.chance(1)).isEqualTo(0.5);
        assertThat(rates.chance(0)).isEqualTo(0.5);
    }
}
