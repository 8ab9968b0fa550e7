package io.a2al.sim.search;

import io.a2al.sim.Knob;
import io.a2al.sim.Population;
import io.a2al.sim.Profiles;
import io.a2al.sim.SimulationOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.LongStream;

/**
 * Ways to make a run smaller: fewer nodes, less time, less work, and each fault, attack and peculiarity set to what it
 * is in the profile in which nothing goes wrong, or to the half.
 */
final class Reductions {

    /** One way. */
    @FunctionalInterface
    interface Reduction {

        /** The smaller runs it leads to, the smallest first. */
        List<SimulationOptions> of(SimulationOptions options);
    }

    private static final String NOTHING_GOES_WRONG = "calm";

    /** What is made smaller in another way, would be another run, or makes rules harder if there is less of it. */
    private static final Set<String> NOT_BY_NAME =
            Set.of("seed", "crypto", "nodes", "duration", "joining", "records", "lookups", "settling");

    private static final double SMALLEST_SHARE = 0.01;
    private static final double FEWEST_LOOKUPS = 1;

    private Reductions() {}

    /** All ways, those that save most time first. */
    static List<Reduction> all() {
        List<Reduction> all = new ArrayList<>();
        all.add(options -> smaller(
                options, options.nodes(), Population.MIN_NODES, (run, nodes) -> run.withNodes(nodes.intValue())));
        all.add(options -> smaller(
                options, options.duration().toSeconds(), 1, (run, span) -> run.withDuration(Duration.ofSeconds(span))));
        SimulationOptions calm = Profiles.find(NOTHING_GOES_WRONG).orElseThrow();
        Knob.all().stream()
                .filter(knob -> !NOT_BY_NAME.contains(knob.key()))
                .forEach(knob -> all.add(options -> simpler(options, knob, knob.valueIn(calm))));
        all.add(options -> smaller(
                options,
                options.work().publishing().records(),
                1,
                (run, records) -> run.withWork(run.work().withRecords(records.intValue()))));
        all.add(Reductions::fewerLookups);
        all.add(options -> smaller(
                options,
                options.life().joining().toSeconds(),
                1,
                (run, span) -> run.withLife(run.life().withJoining(Duration.ofSeconds(span)))));
        return all;
    }

    /** A half, three quarters, seven eighths, and one less. */
    private static List<SimulationOptions> smaller(
            SimulationOptions options,
            long value,
            long least,
            BiFunction<SimulationOptions, Long, SimulationOptions> writer) {
        return LongStream.of(value / 2, value * 3 / 4, value * 7 / 8, value - 1)
                .map(candidate -> Math.max(candidate, least))
                .filter(candidate -> candidate < value)
                .distinct()
                .mapToObj(candidate -> writer.apply(options, candidate))
                .toList();
    }

    private static List<SimulationOptions> fewerLookups(SimulationOptions options) {
        double half = options.work().lookups().perMinute() / 2;
        return half < FEWEST_LOOKUPS
                ? List.of()
                : List.of(options.withWork(options.work().withLookupsPerMinute(half)));
    }

    // ---- faults -----------------------------------------------------------------------------------------------

    private static List<SimulationOptions> simpler(SimulationOptions options, Knob knob, String calm) {
        String value = knob.valueIn(options);
        if (value.equals(calm)) {
            return List.of();
        }
        List<String> candidates = new ArrayList<>(List.of(calm));
        if (value.contains(",")) {
            candidates.addAll(List.of(value.split(",", -1)));
        }
        half(value).ifPresent(candidates::add);
        List<SimulationOptions> simpler = new ArrayList<>();
        for (String candidate : candidates) {
            set(options, knob, candidate).ifPresent(simpler::add);
        }
        return simpler;
    }

    /** The half of a share. */
    private static Optional<String> half(String value) {
        try {
            double number = Double.parseDouble(value);
            boolean isWorthIt = number <= 1 && number / 2 >= SMALLEST_SHARE;
            return isWorthIt ? Optional.of("" + number / 2) : Optional.empty();
        } catch (NumberFormatException noNumber) {
            return Optional.empty();
        }
    }

    /** Some values are possible only with certain others. */
    private static Optional<SimulationOptions> set(SimulationOptions options, Knob knob, String value) {
        try {
            return Optional.of(knob.set(options, value));
        } catch (IllegalArgumentException impossible) {
            return Optional.empty();
        }
    }
}
