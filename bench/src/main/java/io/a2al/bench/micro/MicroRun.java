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

/** Measures single steps with JMH, each in a Java machine of its own, together with what they allocate. */
public final class MicroRun {

    /** JMH uses what the JDK warns of otherwise. */
    private static final String UNSAFE_ALLOWED = "--sun-misc-unsafe-memory-access=allow";

    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private MicroRun() {}

    /**
     * One benchmark with one choice of parameters.
     *
     * @param name class and method, then the parameters
     * @param nanos time of one operation
     * @param error half of the confidence interval of 99.9 % around that
     * @param allocatedBytes allocated by one operation, if that is known
     */
    public record Result(String name, double nanos, double error, Optional<Double> allocatedBytes) {}

    /**
     * Runs the benchmarks whose name matches.
     *
     * @param regex found somewhere in the name
     * @param seconds measured per benchmark, after as long a warm-up
     * @param listener is told of every result, when all are there
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
            throw new IllegalArgumentException("no benchmark matches \"" + regex + "\"", e);
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
