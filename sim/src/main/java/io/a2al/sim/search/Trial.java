package io.a2al.sim.search;

import io.a2al.sim.SimulationOptions;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Determines whether the run with given options fails. Must be thread-safe, and deterministic.
 */
@FunctionalInterface
public interface Trial {

    /**
     * Makes a run.
     *
     * @param options options of the run
     * @param isStopped polled regularly; when it returns true, the run may be cancelled
     * @return the failure; empty if no check failed
     * @throws java.util.concurrent.CancellationException if the run was cancelled
     */
    Optional<Failure> run(SimulationOptions options, BooleanSupplier isStopped);
}
