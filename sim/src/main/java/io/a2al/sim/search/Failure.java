package io.a2al.sim.search;

import io.a2al.sim.SimulationOptions;
import io.a2al.sim.result.Violation;

/**
 * A run that failed. Immutable; thread-safe.
 *
 * @param options what it was like
 * @param violation the check that did not hold
 */
public record Failure(SimulationOptions options, Violation violation) {

    /** The command that repeats the run. */
    public String command() {
        return options.describe().command();
    }
}
