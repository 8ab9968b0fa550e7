package io.a2al.sim.search;

import io.a2al.sim.Progress;
import io.a2al.sim.Simulation;
import io.a2al.sim.SimulationOptions;
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
        Clock clock = new Clock(isStopped);
        try {
            Optional<Violation> violation = new Simulation(options).run(clock).violation();
            return violation.map(found -> new Failure(options, found));
        } catch (CancellationException stopped) {
            throw stopped;
        } catch (RuntimeException thrown) {
            return Optional.of(new Failure(options, crash(thrown, clock.reached)));
        }
    }

    private static Violation crash(RuntimeException thrown, Duration after) {
        List<String> frames = Arrays.stream(thrown.getStackTrace())
                .limit(SHOWN_FRAMES)
                .map(frame -> "at " + frame)
                .toList();
        return new Violation(CRASH, after, List.of(), List.of(), thrown.toString(), frames);
    }

    /** Tracks the virtual time of a run, and cancels the run when the search is stopped. */
    private static final class Clock implements Progress {

        private final BooleanSupplier isStopped;
        private Duration reached = Duration.ZERO;

        Clock(BooleanSupplier isStopped) {
            this.isStopped = isStopped;
        }

        @Override
        public void onProgress(Duration done, Duration total, long events) {
            reached = done;
            if (isStopped.getAsBoolean()) {
                throw new CancellationException("stopped");
            }
        }
    }
}
