package io.a2al.bench.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.bench.load.LoadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ScenarioTest {

    @SuppressWarnings("unused")
    private static final Iterable<Scenario> ROWS = Scenario.ALL;

    @ParameterizedTest
    @FieldSource("ROWS")
    void warmUpDoesNotFillTheNode(Scenario row) {
        Scenario warmUp = row.warmUp();

        assertThat(warmUp.mode()).isNotEqualTo(LoadMode.STORE);
        assertThat(warmUp.fill()).isZero();
        assertThat(warmUp.cores()).isEqualTo(row.cores());
        assertThat(warmUp.mode() == row.mode()).isEqualTo(!row.fillsNode());
    }
}
