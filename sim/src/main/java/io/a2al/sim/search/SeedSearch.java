package io.a2al.sim.search;

import io.a2al.sim.SimulationOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;

/**
 * Searches for seeds whose runs fail. Runs several seeds in parallel, each on one thread, and then makes failed runs
 * smaller. An object searches once.
 */
public final class SeedSearch {

    private final Limits limits;
    private final Trial trial;
    private final SearchProgress progress;
    private final BooleanSupplier isStopped;
    private final List<Failure> failures = new ArrayList<>();
    private long next;
    private long runs;

    /**
     * The limits of a search.
     *
     * @param jobs number of parallel runs, at least 1
     * @param maxFailures number of failed seeds after which no more seeds are run, at least 1
     * @param maxTries maximum number of runs to make one failure smaller, at least 0
     */
    public record Limits(int jobs, int maxFailures, int maxTries) {

        /**
         * Validates the ranges.
         *
         * @throws IllegalArgumentException naming the value that is out of range
         */
        public Limits {
            check("jobs", jobs, 1);
            check("failures", maxFailures, 1);
            check("tries", maxTries, 0);
        }

        private static void check(String what, int value, int least) {
            if (value < least) {
                throw new IllegalArgumentException(what + ": " + value + "; must be at least " + least);
            }
        }
    }

    /**
     * Creates a search.
     *
     * @param isStopped polled regularly; when it returns true, the search ends with what it has found
     */
    public SeedSearch(Limits limits, Trial trial, SearchProgress progress, BooleanSupplier isStopped) {
        this.limits = limits;
        this.trial = trial;
        this.progress = progress;
        this.isStopped = isStopped;
    }

    /**
     * Runs the search, and returns when it has ended.
     *
     * @param options returns the options of the run with a seed
     * @throws InterruptedException if the calling thread is interrupted; all runs are stopped
     */
    public SearchResult run(LongFunction<SimulationOptions> options, SeedRange seeds) throws InterruptedException {
        next = seeds.first();
        int jobs = (int) Math.min(limits.jobs(), seeds.length());
        try (ExecutorService threads = Executors.newFixedThreadPool(jobs)) {
            try {
                resultsOf(threads.invokeAll(Collections.nCopies(jobs, () -> runSeeds(options, seeds))));
                failures.sort(
                        Comparator.comparingLong(failure -> failure.options().seed()));
                List<Shrunk> shrunk = resultsOf(threads.invokeAll(shrinkings()));
                return new SearchResult(seeds, runs, failures, shrunk, isStopped.getAsBoolean());
            } finally {
                threads.shutdownNow();
            }
        }
    }

    /** Returns the results. An exception of a trial is a bug in the trial, not a failure of the run. */
    private static <T> List<T> resultsOf(List<Future<T>> futures) throws InterruptedException {
        List<T> results = new ArrayList<>();
        for (Future<T> future : futures) {
            try {
                results.add(future.get());
            } catch (ExecutionException e) {
                throw new IllegalStateException("trial threw an exception: " + e.getCause(), e);
            }
        }
        return results;
    }

    // ---- runs -------------------------------------------------------------------------------------------------

    /** Runs seeds until none is left, and returns the number of runs that this thread completed. */
    private long runSeeds(LongFunction<SimulationOptions> options, SeedRange seeds) {
        long made = 0;
        for (OptionalLong seed = claim(seeds); seed.isPresent(); seed = claim(seeds)) {
            try {
                ended(trial.run(options.apply(seed.getAsLong()), this::mustStop), seeds);
                made++;
            } catch (CancellationException stopped) {
                // The next claim returns no seed.
            }
        }
        return made;
    }

    private synchronized OptionalLong claim(SeedRange seeds) {
        boolean isOver = next > seeds.last() || failures.size() >= limits.maxFailures() || mustStop();
        return isOver ? OptionalLong.empty() : OptionalLong.of(next++);
    }

    private synchronized void ended(Optional<Failure> failure, SeedRange seeds) {
        runs++;
        failure.ifPresent(failures::add);
        progress.onRun(runs, seeds.length(), failures.size());
    }

    private boolean mustStop() {
        return isStopped.getAsBoolean() || Thread.currentThread().isInterrupted();
    }

    // ---- shrinking --------------------------------------------------------------------------------------------

    private List<Callable<Shrunk>> shrinkings() {
        Map<String, Failure> firstOfEachCheck = new LinkedHashMap<>();
        failures.forEach(
                failure -> firstOfEachCheck.putIfAbsent(failure.violation().check(), failure));
        List<Callable<Shrunk>> shrinkings = new ArrayList<>();
        firstOfEachCheck.values().forEach(failure -> shrinkings.add(() -> shrink(failure)));
        return shrinkings;
    }

    private Shrunk shrink(Failure failure) {
        begins(failure);
        return new Shrinker(failure, trial, limits.maxTries(), this::mustStop).shrink();
    }

    private synchronized void begins(Failure failure) {
        progress.onShrinking(failure);
    }
}
