package io.a2al.bench.local;

import io.a2al.bench.load.LoadReport;
import io.a2al.bench.load.LoadRun;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Runs scenarios against nodes that it starts. Scenarios with the same number of cores share a node, except those that
 * fill it with records.
 */
public final class LocalRun {

    /** Maximum warm-up of a single row; short, because the node has been warmed up before its first row. */
    private static final Duration MAX_ROW_WARMUP = Duration.ofSeconds(2);

    private static final Duration CEILING_TIME = Duration.ofMillis(400);

    private static final Duration FIRST_LOAD = Duration.ofMillis(100);

    private static final Duration LONGEST_START = Duration.ofSeconds(30);

    /** Half of it is one request a second. */
    private static final double LEAST_FULL_RATE = 2;

    private final Launch launch;
    private final Duration duration;
    private final Duration warmup;
    private final Consumer<ScenarioResult> listener;

    /** Answers per second at full load in the first row; 0 if not yet measured. */
    private double fullRate;

    private LocalRun(Launch launch, Duration duration, Duration warmup, Consumer<ScenarioResult> listener) {
        this.launch = launch;
        this.duration = duration;
        this.warmup = warmup;
        this.listener = listener;
    }

    /**
     * Runs scenarios in their order, with one node for each number of cores. Scenarios that fill a node come last, each
     * with its own node.
     *
     * @param duration measured time of each scenario
     * @param warmup time for which a node is under load before its first scenario, so that its code is compiled
     * @param listener receives each result as soon as it is known
     * @throws IOException if a node does not start or a socket fails
     */
    public static void run(
            Launch launch,
            List<Scenario> scenarios,
            Duration duration,
            Duration warmup,
            Consumer<ScenarioResult> listener)
            throws IOException {
        new LocalRun(launch, duration, warmup, listener).run(scenarios);
    }

    /** Returns true if this system can restrict nodes to the number of cores of a scenario. */
    public static boolean canPin() {
        return NodeProcess.canPin();
    }

    private void run(List<Scenario> scenarios) throws IOException {
        Ceiling.measure(CEILING_TIME);
        List<Scenario> shared =
                scenarios.stream().filter(scenario -> !scenario.fillsNode()).toList();
        for (int cores : shared.stream().mapToInt(Scenario::cores).distinct().toArray()) {
            runOnOneNode(shared.stream()
                    .filter(scenario -> scenario.cores() == cores)
                    .toList());
        }
        for (Scenario filling : scenarios) {
            if (filling.fillsNode()) {
                // A node with records of earlier rows would reject some of the new records.
                runOnOneNode(List.of(filling));
            }
        }
    }

    private void runOnOneNode(List<Scenario> scenarios) throws IOException {
        Scenario first = scenarios.getFirst();
        try (NodeProcess node = NodeProcess.start(launch, first.cores())) {
            awaitAnswer(node, first);
            warmUp(node, first);
            for (Scenario scenario : scenarios) {
                listener.accept(measure(node, scenario));
            }
        }
    }

    /**
     * On a busy machine, a node that has just started takes seconds for its first answer, as its code is not compiled.
     */
    private static void awaitAnswer(NodeProcess node, Scenario scenario) throws IOException {
        long begin = System.nanoTime();
        while (LoadRun.run(node.address(), scenario.warmUp().settings(node.pid(), FIRST_LOAD, Duration.ZERO, 0))
                        .answered()
                == 0) {
            if (System.nanoTime() - begin > LONGEST_START.toNanos()) {
                throw new IOException("the node started, and answered nothing for " + LONGEST_START.toSeconds() + " s");
            }
        }
    }

    private void warmUp(NodeProcess node, Scenario scenario) throws IOException {
        if (warmup.isPositive()) {
            LoadRun.run(node.address(), scenario.warmUp().settings(node.pid(), warmup, Duration.ZERO, 0));
        }
    }

    /** Applies load with {@code rate} requests per second; 0 for as many as the node answers. */
    private LoadReport load(NodeProcess node, Scenario scenario, int rate) throws IOException {
        Duration before = warmup.compareTo(MAX_ROW_WARMUP) < 0 ? warmup : MAX_ROW_WARMUP;
        return LoadRun.run(node.address(), scenario.settings(node.pid(), duration, before, rate));
    }

    private ScenarioResult measure(NodeProcess node, Scenario scenario) throws IOException {
        Ceiling ceiling = Ceiling.measure(CEILING_TIME);
        if (fullRate == 0 && scenario.halfLoad()) {
            fullRate = load(node, scenario, 0).answersPerSecond();
        }
        LoadReport report = load(node, scenario, scenario.halfLoad() ? halfOf(fullRate) : 0);
        if (fullRate == 0) {
            fullRate = report.answersPerSecond();
        }
        return new ScenarioResult(scenario, report, ceiling.meanWith(Ceiling.measure(CEILING_TIME)));
    }

    /** Returns half of a rate; never 0, which would be full load under the name of half load. */
    static int halfOf(double fullRate) throws IOException {
        if (fullRate < LEAST_FULL_RATE) {
            throw new IOException("the node answered " + (int) fullRate
                    + " requests a second, of which there is no half; give a longer --duration");
        }
        return (int) (fullRate / 2);
    }
}
