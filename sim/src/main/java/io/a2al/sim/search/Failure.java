package io.a2al.sim.search;

import io.a2al.sim.SimulationOptions;
import io.a2al.sim.result.Violation;

/**
 * A run that failed a check. Immutable; thread-safe.
 *
 * @param options options of the run
 * @param violation the check that failed
 */
public record Failure(SimulationOptions options, Violation violation) {

    /** Returns the command that repeats the run. */
    public String command() {
        return options.describe().command();
    }
}
