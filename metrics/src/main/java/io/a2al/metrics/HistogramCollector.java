package io.a2al.metrics;

import io.a2al.core.statistics.Distribution;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;

/** Shows a histogram that was counted elsewhere to Prometheus. Thread-safe. */
final class HistogramCollector implements Collector {

    private final Metric.Histogram histogram;
    private final Supplier<Snapshot> numbers;

    HistogramCollector(Metric.Histogram histogram, Supplier<Snapshot> numbers) {
        this.histogram = histogram;
        this.numbers = numbers;
    }

    @Override
    public MetricSnapshot collect() {
        Snapshot at = numbers.get();
        HistogramSnapshot.Builder snapshot =
                HistogramSnapshot.builder().name(histogram.prometheusName()).help(histogram.help());
        if (!histogram.unit().isEmpty()) {
            snapshot.unit(new Unit(histogram.unit()));
        }
        for (Metric.Series<Distribution> series : histogram.series()) {
            Distribution counted = series.value().apply(at);
            snapshot.dataPoint(HistogramDataPointSnapshot.builder()
                    .labels(Labels.of(
                            List.copyOf(series.labels().keySet()),
                            List.copyOf(series.labels().values())))
                    .classicHistogramBuckets(buckets(counted))
                    .sum(counted.sum() / histogram.scale())
                    .build());
        }
        return snapshot.build();
    }

    private ClassicHistogramBuckets buckets(Distribution counted) {
        double[] bounds = DoubleStream.concat(
                        counted.bounds().stream().mapToDouble(bound -> bound / histogram.scale()),
                        DoubleStream.of(Double.POSITIVE_INFINITY))
                .toArray();
        long[] counts = counted.counts().stream().mapToLong(Long::longValue).toArray();
        return ClassicHistogramBuckets.of(bounds, counts);
    }
}
