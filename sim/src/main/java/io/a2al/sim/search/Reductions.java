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
 * The ways to make a run smaller: fewer nodes, less time, less work, and every other option set to its value in the
 * profile without faults, or to half of its value.
 */
final class Reductions {

    /** One way to make a run smaller. */
    @FunctionalInterface
    interface Reduction {

        /** Returns smaller runs, the smallest first; none if this way cannot make the run smaller. */
        List<SimulationOptions> of(SimulationOptions options);
    }

    private static final String WITHOUT_FAULTS = "calm";

    /**
     * Options that are not set to their value in the profile without faults: they are reduced in another way, would
     * give an unrelated run, or make the checks stricter when they are reduced.
     */
    private static final Set<String> NOT_BY_NAME =
            Set.of("seed", "crypto", "nodes", "duration", "joining", "records", "lookups", "settling");

    /** Shares are not reduced below this. */
    private static final double MIN_SHARE = 0.01;

    /** Lookups per minute are not reduced below this. */
    private static final double MIN_LOOKUPS = 1;

    private Reductions() {}

    /** Returns all ways, those that save the most time first. */
    static List<Reduction> all() {
        List<Reduction> all = new ArrayList<>();
        all.add(options -> smaller(
                options, options.nodes(), Population.MIN_NODES, (run, nodes) -> run.withNodes(nodes.intValue())));
        all.add(options -> smaller(
                options, options.duration().toSeconds(), 1, (run, span) -> run.withDuration(Duration.ofSeconds(span))));
        SimulationOptions calm = Profiles.find(WITHOUT_FAULTS).orElseThrow();
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

    /** Tries half of a value, three quarters, seven eighths, and one less, but not below {@code least}. */
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
        return half < MIN_LOOKUPS
                ? List.of()
                : List.of(options.withWork(options.work().withLookupsPerMinute(half)));
    }

    // ---- other options ----------------------------------------------------------------------------------------

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

    /** Returns half of a share; empty if the value is no share or too small. */
    private static Optional<String> half(String value) {
        try {
            double number = Double.parseDouble(value);
            boolean isWorthIt = number <= 1 && number / 2 >= MIN_SHARE;
            return isWorthIt ? Optional.of("" + number / 2) : Optional.empty();
        } catch (NumberFormatException noNumber) {
            return Optional.empty();
        }
    }

    /** Sets an option; empty if the value is not possible together with the others. */
    private static Optional<SimulationOptions> set(SimulationOptions options, Knob knob, String value) {
        try {
            return Optional.of(knob.set(options, value));
        } catch (IllegalArgumentException impossible) {
            return Optional.empty();
        }
    }
}
