package io.a2al.bench.local;

import io.a2al.bench.load.LoadReport;
import io.a2al.bench.load.LoadRun;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Goes through scenarios against nodes of one's own; one node serves all those that need the same number of cores. */
public final class LocalRun {

    /** Of each row; by then the node's code has been compiled. */
    private static final Duration LONGEST_ROW_WARMUP = Duration.ofSeconds(2);

    private static final Duration CEILING_TIME = Duration.ofMillis(400);

    private final Launch launch;
    private final Duration duration;
    private final Duration warmup;
    private final Consumer<ScenarioResult> listener;
    private double firstRate;

    private LocalRun(Launch launch, Duration duration, Duration warmup, Consumer<ScenarioResult> listener) {
        this.launch = launch;
        this.duration = duration;
        this.warmup = warmup;
        this.listener = listener;
    }

    /**
     * Runs scenarios: in their order, one node for each number of cores, those that take full nodes last, each with its
     * own.
     *
     * @param duration how long each is measured
     * @param warmup how long a node is put under load before its first one, so that its code is compiled
     * @param listener is told of every result as soon as it is there
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

    /** True if nodes can be kept on as many cores as a scenario says. */
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
                // A node that has records of earlier rows would refuse some of those that it is to be given.
                runOnOneNode(List.of(filling));
            }
        }
    }

    private void runOnOneNode(List<Scenario> scenarios) throws IOException {
        Scenario first = scenarios.getFirst();
        try (NodeProcess node = NodeProcess.start(launch, first.cores())) {
            warmUp(node, first);
            for (Scenario scenario : scenarios) {
                listener.accept(measure(node, scenario));
            }
        }
    }

    private void warmUp(NodeProcess node, Scenario scenario) throws IOException {
        if (warmup.isPositive()) {
            LoadRun.run(node.address(), scenario.warmUp().settings(node.pid(), warmup, Duration.ZERO, 0));
        }
    }

    /** As many requests per second as said; 0 for as many as the node answers. */
    private LoadReport load(NodeProcess node, Scenario scenario, int rate) throws IOException {
        Duration before = warmup.compareTo(LONGEST_ROW_WARMUP) < 0 ? warmup : LONGEST_ROW_WARMUP;
        return LoadRun.run(node.address(), scenario.settings(node.pid(), duration, before, rate));
    }

    private ScenarioResult measure(NodeProcess node, Scenario scenario) throws IOException {
        Ceiling ceiling = Ceiling.measure(CEILING_TIME);
        if (firstRate == 0 && scenario.halfLoad()) {
            firstRate = load(node, scenario, 0).answersPerSecond();
        }
        LoadReport report = load(node, scenario, (int) (firstRate / 2));
        if (firstRate == 0) {
            firstRate = report.answersPerSecond();
        }
        return new ScenarioResult(scenario, report, ceiling.meanWith(Ceiling.measure(CEILING_TIME)));
    }
}
