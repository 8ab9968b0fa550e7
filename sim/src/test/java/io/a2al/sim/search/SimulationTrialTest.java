package io.a2al.sim.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.sim.Profiles;
import io.a2al.sim.SimulationOptions;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class SimulationTrialTest {

    private static final SimulationOptions SMALL =
            Profiles.find("calm").orElseThrow().withNodes(3).withDuration(Duration.ofSeconds(5));

    @Test
    void aRunInWhichAllChecksHoldDoesNotFail() {
        assertThat(new SimulationTrial().run(SMALL, () -> false)).isEmpty();
    }

    @Test
    void aStoppedRunIsCancelled() {
        assertThatThrownBy(() -> new SimulationTrial().run(SMALL, () -> true))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void aThrownExceptionIsAFailure() {
        Failure failure = new SimulationTrial()
                .run(SMALL, () -> {
                    throw new IllegalStateException("broken");
                })
                .orElseThrow();
        assertThat(failure.violation().check()).isEqualTo("crash");
        assertThat(failure.violation().message()).contains("broken");
        assertThat(failure.violation().events().getFirst()).contains("SimulationTrialTest");
        assertThat(failure.options()).isEqualTo(SMALL);
    }
}
