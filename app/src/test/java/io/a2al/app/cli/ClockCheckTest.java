package io.a2al.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClockCheckTest {

    private static final Instant BUILT = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void aClockBeforeTheProgramWasBuiltIsReported() {
        assertThat(ClockCheck.warning(Instant.EPOCH.plusSeconds(30), BUILT))
                .contains("warning: the clock says 1970-01-01T00:00:30Z, before this program was built"
                        + " (2026-01-01T00:00:00Z); set the clock, as records are dated by it");
        assertThat(ClockCheck.warning(BUILT.minusSeconds(1), BUILT)).isPresent();
    }

    @Test
    void noOtherClockIs() {
        assertThat(ClockCheck.warning(BUILT, BUILT)).isEmpty();
        assertThat(ClockCheck.warning(BUILT.plusSeconds(1L << 32), BUILT)).isEmpty();
        assertThat(ClockCheck.warning()).as("of this machine").isEmpty();
    }
}
