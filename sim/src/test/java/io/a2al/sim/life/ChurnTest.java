package io.a2al.sim.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.a2al.sim.engine.Purpose;
import io.a2al.sim.engine.Stream;
import io.a2al.sim.engine.Streams;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ChurnTest {

    private static final int DRAWS = 20_000;
    private static final double NANOS_PER_MINUTE = 60e9;

    private final Stream stream = new Streams(1).of(Purpose.SESSION, 0);

    private static double percentile(LongSupplier draw, double share) {
        long[] sorted = LongStream.generate(draw).limit(DRAWS).sorted().toArray();
        return sorted[(int) (share * DRAWS)] / NANOS_PER_MINUTE;
    }

    /** The median is 41.9 ln(2)^(1/0.59) = 22.5 minutes, the 99th percentile 41.9 ln(100)^(1/0.59) = 558 minutes. */
    @Test
    void sessionLengthsHaveThePublishedDistribution() {
        assertThat(percentile(() -> Churn.NONE.drawSession(stream), 0.5)).isBetween(21.5, 23.5);
        assertThat(percentile(() -> Churn.NONE.drawSession(stream), 0.99)).isBetween(480.0, 640.0);
    }

    /** A node that is up at a random time stays up longer than most sessions last. */
    @Test
    void sessionsRunningAtARandomTimeAreLonger() {
        assertThat(percentile(() -> Churn.NONE.drawRest(stream), 0.5)).isBetween(45.0, 90.0);
    }

    @Test
    void absencesAreLongerAtNight() {
        Churn churn = Churn.NONE.withDiurnal(0.8);
        long evening = Duration.ofHours(6).toNanos();
        long morning = Duration.ofHours(18).toNanos();
        assertThat(percentile(() -> churn.drawAbsence(stream, evening), 0.5))
                .isGreaterThan(5 * percentile(() -> churn.drawAbsence(stream, morning), 0.5));
        // The median of an exponential distribution is its mean times ln(2).
        assertThat(percentile(() -> Churn.NONE.drawAbsence(stream, evening), 0.5))
                .isBetween(20.0, 21.6);
    }

    @Test
    void valuesOutOfRangeAreRejected() {
        assertThatIllegalArgumentException().isThrownBy(() -> Churn.NONE.withShare(-0.1));
        assertThatIllegalArgumentException().isThrownBy(() -> Churn.NONE.withSession(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> Machines.GOOD.withDrift(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> LifeSettings.CALM.withDead(1));
        assertThatIllegalArgumentException().isThrownBy(() -> LifeSettings.CALM.withSettling(Duration.ofSeconds(-1)));
    }
}
