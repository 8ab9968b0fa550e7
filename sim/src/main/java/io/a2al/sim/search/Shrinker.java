package io.a2al.sim.search;

import io.a2al.sim.SimulationOptions;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * Makes a failed run smaller as long as it still fails the same check. Tries one reduction after the other, the most
 * effective first, and starts again until none helps. An object shrinks one failure. Not thread-safe.
 */
final class Shrinker {

    private final Trial trial;
    private final int maxTries;
    private final BooleanSupplier isStopped;
    private final Set<SimulationOptions> tried = new HashSet<>();
    private Failure smallest;

    /** Creates a shrinker for a failure, which makes at most {@code maxTries} runs. */
    Shrinker(Failure failure, Trial trial, int maxTries, BooleanSupplier isStopped) {
        this.trial = trial;
        this.maxTries = maxTries;
        this.isStopped = isStopped;
        this.smallest = failure;
        tried.add(failure.options());
    }

    /** Shrinks the run, and returns the smallest one found. */
    Shrunk shrink() {
        boolean goOn = true;
        while (goOn && mayTry()) {
            Failure before = smallest;
            for (Reductions.Reduction reduction : Reductions.all()) {
                while (mayTry() && reduceBy(reduction)) {
                    // Repeat while it helps.
                }
            }
            goOn = !smallest.equals(before);
        }
        return new Shrunk(smallest, tries(), mayTry());
    }

    private int tries() {
        return tried.size() - 1;
    }

    private boolean mayTry() {
        return tries() < maxTries && !isStopped.getAsBoolean();
    }

    private boolean reduceBy(Reductions.Reduction reduction) {
        List<SimulationOptions> candidates = reduction.of(smallest.options());
        for (SimulationOptions candidate : candidates) {
            if (mayTry() && tried.add(candidate)) {
                Optional<Failure> failure = failureOf(candidate);
                if (failure.isPresent()) {
                    smallest = failure.get();
                    return true;
                }
            }
        }
        return false;
    }

    /** Runs a candidate, and returns its failure; empty if it passes or fails another check. */
    private Optional<Failure> failureOf(SimulationOptions candidate) {
        try {
            return trial.run(candidate, isStopped)
                    .filter(failure -> failure.violation()
                            .check()
                            .equals(smallest.violation().check()));
        } catch (CancellationException stopped) {
            return Optional.empty();
        }
    }
}
