package io.a2al.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.sim.result.SimulationResult;
import io.a2al.sim.result.Violation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs that once failed a check, as small as possible, in the form that {@code a2al sim search} prints. The causes are
 * described in docs/experiments.md.
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
                // The node that looked up all records at the end asked more than its own link could carry.
                "chaos --seed 9 --nodes 13 --duration 2m --dead 0.0 --churn 0.0 --new-identity 0.1 --diurnal 0.0"
                        + " --sleepers 0.0 --ipv6 0.0 --attack silent",
                // Each lookup for a node that had become known sent a request to the address that a liar had given for
                // it.
                "chaos --seed 21 --duration 1s --settling 0s --records 2"
            })
    void runsThatOnceFailedPassNow(String command) {
        SimulationResult result = new Simulation(options(command)).run(Progress.NONE);
        assertThat(result.violation().map(Violation::message)).isEmpty();
    }
}
