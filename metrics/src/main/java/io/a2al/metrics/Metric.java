package io.a2al.metrics;

import io.a2al.core.statistics.Distribution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * One metric of a node: what it is called, and one series for each combination of its labels. Immutable; thread-safe.
 */
sealed interface Metric {

    /** Returns the name as Micrometer has it, with dots and without unit. */
    String name();

    /** Returns the name as Prometheus has it. */
    default String prometheusName() {
        String suffix = switch (this) {
            case Counter _ -> "_total";
            case Gauge gauge -> gauge.unit().isEmpty() ? "" : "_" + gauge.unit();
            case Histogram histogram -> histogram.unit().isEmpty() ? "" : "_" + histogram.unit();
        };
        return name().replace('.', '_') + suffix;
    }

    /** Returns what it says, in one line. */
    String help();

    /** Returns all series; each has the same labels. */
    List<? extends Series<?>> series();

    /** What is only counted up since the start. */
    record Counter(String name, String help, List<Series<Number>> series) implements Metric {}

    /** What goes up and down; in this unit, empty for none. */
    record Gauge(String name, String unit, String help, List<Series<Number>> series) implements Metric {}

    /** How values are distributed; in this unit, {@code scale} of which are one unit, empty for none. */
    record Histogram(String name, String unit, double scale, String help, List<Series<Distribution>> series)
            implements Metric {}

    /**
     * One series of a metric.
     *
     * @param labels the value of each label, in order
     * @param value reads it
     */
    record Series<T>(SequencedMap<String, String> labels, Function<Snapshot, T> value) {}

    static Counter counter(String name, String help, List<Series<Number>> series) {
        return new Counter(name, help, series);
    }

    static Gauge gauge(String name, String help, List<Series<Number>> series) {
        return new Gauge(name, "", help, series);
    }

    /** Returns a metric of numbers in seconds. */
    static Gauge seconds(String name, String help, List<Series<Number>> series) {
        return new Gauge(name, "seconds", help, series);
    }

    static Histogram histogram(String name, String help, List<Series<Distribution>> series) {
        return new Histogram(name, "", 1, help, series);
    }

    /** Returns a histogram of durations, which are read in nanoseconds and shown in seconds. */
    static Histogram durations(String name, String help, List<Series<Distribution>> series) {
        return new Histogram(name, "seconds", 1e9, help, series);
    }

    /** Returns the only series of a metric without labels. */
    static <T> List<Series<T>> only(Function<Snapshot, T> value) {
        return List.of(new Series<>(new LinkedHashMap<>(), value));
    }

    /** Returns a series for each of these labels. */
    static <T, A> List<Series<T>> by(String label, Collection<A> values, BiFunction<Snapshot, A, T> value) {
        List<Series<T>> series = new ArrayList<>();
        for (A each : values) {
            SequencedMap<String, String> labels = new LinkedHashMap<>();
            labels.put(label, text(each));
            series.add(new Series<>(labels, at -> value.apply(at, each)));
        }
        return series;
    }

    /** Returns a series for each combination of the labels of {@code outer} and these. */
    static <T, M, A> List<Series<T>> and(
            List<Series<M>> outer, String label, Collection<A> values, BiFunction<M, A, T> value) {
        List<Series<T>> series = new ArrayList<>();
        for (Series<M> of : outer) {
            for (A each : values) {
                SequencedMap<String, String> labels = new LinkedHashMap<>(of.labels());
                labels.put(label, text(each));
                series.add(new Series<>(labels, at -> value.apply(of.value().apply(at), each)));
            }
        }
        return series;
    }

    private static String text(Object label) {
        return label instanceof Enum<?> constant ? constant.name().toLowerCase(Locale.ROOT) : label.toString();
    }

    /** Returns all constants of an enum. */
    static <E extends Enum<E>> List<E> all(Class<E> type) {
        return Arrays.asList(type.getEnumConstants());
    }
}
