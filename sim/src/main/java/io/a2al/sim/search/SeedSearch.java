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
 * Runs many seeds, several at a time, and makes the failing ones smaller. Each run has one thread. Good for one search.
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
     * How much a search does.
     *
     * @param jobs runs at a time, at least 1
     * @param maxFailures once so many seeds have failed no further ones are run, at least 1
     * @param maxTries runs to make one failure smaller, at least 0
     */
    public record Limits(int jobs, int maxFailures, int maxTries) {

        /**
         * Checks the ranges.
         *
         * @throws IllegalArgumentException naming what is out of range
         */
        public Limits {
            check("jobs", jobs, 1);
            check("failures", maxFailures, 1);
            check("tries", maxTries, 0);
        }

        private static void check(String what, int value, int least) {
            if (value < least) {
                throw new IllegalArgumentException(value + " " + what + "; there must be at least " + least);
            }
        }
    }

    /**
     * A search that has not begun.
     *
     * @param isStopped asked now and then; once true, the search comes to its end with what it has found
     */
    public SeedSearch(Limits limits, Trial trial, SearchProgress progress, BooleanSupplier isStopped) {
        this.limits = limits;
        this.trial = trial;
        this.progress = progress;
        this.isStopped = isStopped;
    }

    /**
     * Searches.
     *
     * @param options what the run with a seed is to be like
     * @throws InterruptedException if the waiting thread is interrupted; nothing runs on
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

    /** What a trial throws is no failure of the run, but a mistake here. */
    private static <T> List<T> resultsOf(List<Future<T>> futures) throws InterruptedException {
        List<T> results = new ArrayList<>();
        for (Future<T> future : futures) {
            try {
                results.add(future.get());
            } catch (ExecutionException e) {
                throw new IllegalStateException("a trial broke: " + e.getCause(), e);
            }
        }
        return results;
    }

    // ---- runs -------------------------------------------------------------------------------------------------

    /** How many runs this thread made. */
    private long runSeeds(LongFunction<SimulationOptions> options, SeedRange seeds) {
        long made = 0;
        for (OptionalLong seed = claim(seeds); seed.isPresent(); seed = claim(seeds)) {
            try {
                ended(trial.run(options.apply(seed.getAsLong()), this::mustStop), seeds);
                made++;
            } catch (CancellationException stopped) {
                // There will be no other seed.
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
