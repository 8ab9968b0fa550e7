package io.a2al.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.sim.result.SimulationResult;
import io.a2al.sim.result.Violation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs that failed a check once, made as small as possible, by what {@code a2al sim search} printed to repeat them.
 * What was wrong is in docs/experiments.md.
 */
class FoundSeedsTest {

    private static SimulationOptions options(String command) {
        String[] words = command.split(" ", -1);
        SimulationOptions options = Profiles.find(words[0]).orElseThrow();
        for (int i = 1; i < words.length; i += 2) {
            options = Knob.find(words[i].substring(2)).orElseThrow().set(options, words[i + 1]);
        }
        return options;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Whoever looked for all records in the end asked more than went through its own link.
                "chaos --seed 9 --nodes 13 --duration 2m --dead 0.0 --churn 0.0 --new-identity 0.1 --diurnal 0.0"
                        + " --sleepers 0.0 --ipv6 0.0 --attack silent",
                // A node that had become known was asked where a liar had said it was, as often as somebody looked for
                // it.
                "chaos --seed 21 --duration 1s --settling 0s --records 2"
            })
    void holds(String command) {
        SimulationResult result = new Simulation(options(command)).run(Progress.NONE);
        assertThat(result.violation().map(Violation::message)).isEmpty();
    }
}
