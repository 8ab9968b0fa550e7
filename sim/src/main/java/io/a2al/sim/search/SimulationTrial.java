package io.a2al.sim.search;

import io.a2al.sim.Progress;
import io.a2al.sim.Simulation;
import io.a2al.sim.SimulationOptions;
import io.a2al.sim.result.SimulationResult;
import io.a2al.sim.result.Violation;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * Runs a simulation with the standard checkers. A runtime exception during the run is a failure as well. Thread-safe.
 */
public final class SimulationTrial implements Trial {

    /** Name of the check that fails when a run throws an exception. */
    public static final String CRASH = "crash";

    /** Maximum number of stack frames shown. */
    private static final int SHOWN_FRAMES = 50;

    /** Creates a trial, which can be used for any number of runs. */
    public SimulationTrial() {}

    @Override
    public Optional<Failure> run(SimulationOptions options, BooleanSupplier isStopped) {
        Clock clock = new Clock();
        SimulationResult result;
        try {
            result = new Simulation(options).run(clock, isStopped);
        } catch (RuntimeException thrown) {
            return Optional.of(new Failure(options, crash(thrown, clock.reached)));
        }
        if (result.isStopped()) {
            throw new CancellationException("stopped");
        }
        return result.violation().map(found -> new Failure(options, found));
    }

    private static Violation crash(RuntimeException thrown, Duration after) {
        List<String> frames = Arrays.stream(thrown.getStackTrace())
                .limit(SHOWN_FRAMES)
                .map(frame -> "at " + frame)
                .toList();
        return new Violation(CRASH, after, List.of(), List.of(), thrown.toString(), frames);
    }

    /** Tracks the virtual time of a run. */
    private static final class Clock implements Progress {

        private Duration reached = Duration.ZERO;

        @Override
        public void onProgress(Duration done, Duration total, long events) {
            reached = done;
        }
    }
}
