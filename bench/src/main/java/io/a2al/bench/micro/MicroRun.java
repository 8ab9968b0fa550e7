package io.a2al.bench.micro;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Measures time and allocation of single operations with JMH, each benchmark in a separate Java process. Stateless. */
public final class MicroRun {

    /** Option that suppresses a warning of the JDK about methods that JMH uses. */
    private static final String UNSAFE_ALLOWED = "--sun-misc-unsafe-memory-access=allow";

    /** Name of JMH's result for allocated bytes per operation. */
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private MicroRun() {}

    /**
     * The result of one benchmark with one combination of parameters.
     *
     * @param name class and method, then the parameters
     * @param nanos mean time of one operation in nanoseconds
     * @param error half of the width of the 99.9 % confidence interval, in nanoseconds
     * @param allocatedBytes bytes allocated by one operation, if known
     */
    public record Result(String name, double nanos, double error, Optional<Double> allocatedBytes) {}

    /**
     * Runs all benchmarks whose name matches.
     *
     * @param regex regular expression that must match a part of the name
     * @param seconds measured time per benchmark, after a warm-up of the same length
     * @param listener receives each result, after all benchmarks have finished
     * @throws IllegalArgumentException if no name matches
     * @throws IllegalStateException if a benchmark fails
     */
    public static void run(String regex, int seconds, Consumer<Result> listener) {
        try {
            Runner runner = new Runner(new OptionsBuilder()
                    .include(regex)
                    .verbosity(VerboseMode.SILENT)
                    .addProfiler(GCProfiler.class)
                    .timeUnit(TimeUnit.NANOSECONDS)
                    .forks(1)
                    .jvmArgsAppend(UNSAFE_ALLOWED)
                    .warmupIterations(seconds)
                    .warmupTime(TimeValue.seconds(1))
                    .measurementIterations(seconds)
                    .measurementTime(TimeValue.seconds(1))
                    .shouldFailOnError(true)
                    .build());
            List<Result> results = runner.run().stream().map(MicroRun::result).toList();
            results.forEach(listener);
        } catch (NoBenchmarksException e) {
            throw new IllegalArgumentException(
                    "no such benchmark: \"" + regex + "\"; give a regular expression that matches a part of a name", e);
        } catch (RunnerException e) {
            throw new IllegalStateException("a benchmark failed: " + e.getMessage(), e);
        }
    }

    private static Result result(RunResult run) {
        String benchmark = run.getParams().getBenchmark();
        String name = benchmark.substring(benchmark.lastIndexOf('.', benchmark.lastIndexOf('.') - 1) + 1);
        StringBuilder parameters = new StringBuilder();
        for (String key : run.getParams().getParamsKeys()) {
            parameters.append(' ').append(run.getParams().getParam(key));
        }
        return new Result(
                name + parameters,
                run.getPrimaryResult().getScore(),
                run.getPrimaryResult().getScoreError(),
                Optional.ofNullable(run.getSecondaryResults().get(ALLOCATED)).map(bytes -> bytes.getScore()));
    }
}
