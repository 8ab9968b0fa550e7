package io.a2al.metrics;

import io.a2al.core.statistics.Distribution;
import io.a2al.dht.DhtNode;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Meters of a node: its messages, requests, lookups, routing table, store, publications and failures, and how full each
 * of its bounded parts is ({@code a2al.size} and {@code a2al.limit} by {@code part}, as in {@code store.keys}). The
 * node is asked once for all meters: what it answered is used for a second. A {@link PrometheusMeterRegistry} gets the
 * histograms as such; others, which cannot take counted ranges, get their count and sum. Thread-safe.
 */
public final class NodeMetrics implements MeterBinder {

    /** How long numbers are used; a registry reads all meters within that time. */
    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

    private final DhtNode node;
    private final LongSupplier nanos;
    private @Nullable Snapshot snapshot;
    private long takenAt;

    /** Meters of {@code node}. They read from it as long as the registry lives, also when it is closed. */
    public NodeMetrics(DhtNode node) {
        this(node, System::nanoTime);
    }

    /**
     * The same with another clock.
     *
     * @param nanos a monotonic clock, in nanoseconds
     */
    NodeMetrics(DhtNode node, LongSupplier nanos) {
        this.node = Objects.requireNonNull(node, "node");
        this.nanos = nanos;
    }

    private synchronized Snapshot now() {
        long now = nanos.getAsLong();
        Snapshot present = snapshot;
        if (present == null || now - takenAt >= FRESH_NANOS) {
            present = Snapshot.of(node);
            snapshot = present;
            takenAt = now;
        }
        return present;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (Metric metric : MetricTable.of(now().parts().keySet())) {
            switch (metric) {
                case Metric.Counter counter ->
                    counter.series().forEach(series -> bindCounter(registry, counter.name(), counter.help(), series));
                case Metric.Gauge gauge -> gauge.series().forEach(series -> bindGauge(registry, gauge, series));
                case Metric.Histogram histogram -> bindHistogram(registry, histogram);
            }
        }
    }

    private void bindCounter(MeterRegistry registry, String name, String help, Metric.Series<Number> series) {
        count(registry, name, help, series, at -> series.value().apply(at).doubleValue());
    }

    private void bindGauge(MeterRegistry registry, Metric.Gauge gauge, Metric.Series<Number> series) {
        Gauge.builder(gauge.name(), this, _ -> series.value().apply(now()).doubleValue())
                .tags(tags(series))
                .baseUnit(gauge.unit().isEmpty() ? null : gauge.unit())
                .description(gauge.help())
                .register(registry);
    }

    private void bindHistogram(MeterRegistry registry, Metric.Histogram histogram) {
        if (registry instanceof PrometheusMeterRegistry prometheus) {
            prometheus.getPrometheusRegistry().register(new HistogramCollector(histogram, this::now));
            return;
        }
        String name = histogram.unit().isEmpty() ? histogram.name() : histogram.name() + "." + histogram.unit();
        for (Metric.Series<Distribution> series : histogram.series()) {
            count(
                    registry,
                    name + ".count",
                    histogram.help(),
                    series,
                    at -> series.value().apply(at).total());
            count(
                    registry,
                    name + ".sum",
                    histogram.help(),
                    series,
                    at -> series.value().apply(at).sum() / histogram.scale());
        }
    }

    private void count(
            MeterRegistry registry,
            String name,
            String help,
            Metric.Series<?> series,
            ToDoubleFunction<Snapshot> value) {
        FunctionCounter.builder(name, this, _ -> value.applyAsDouble(now()))
                .tags(tags(series))
                .description(help)
                .register(registry);
    }

    private static Tags tags(Metric.Series<?> series) {
        Tags tags = Tags.empty();
        for (Map.Entry<String, String> label : series.labels().entrySet()) {
            tags = tags.and(label.getKey(), label.getValue());
        }
        return tags;
    }
}
