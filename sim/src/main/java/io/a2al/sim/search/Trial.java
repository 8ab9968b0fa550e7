package io.a2al.sim.search;

import io.a2al.sim.SimulationOptions;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Finds out whether the run with some options fails. Must be thread-safe, and give the same answer for equal options.
 */
@FunctionalInterface
public interface Trial {

    /**
     * Makes the run.
     *
     * @param options what it is to be like
     * @param isStopped asked now and then; once true, the run need not be finished
     * @return how it failed; nothing if it did not
     * @throws java.util.concurrent.CancellationException if it was not finished
     */
    Optional<Failure> run(SimulationOptions options, BooleanSupplier isStopped);
}
