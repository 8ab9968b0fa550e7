package io.a2al.metrics;

import io.a2al.dht.DhtNode;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmInfoMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.metrics.Info;

/**
 * The numbers of a node, its JVM and its process, in the text formats of Prometheus: OpenMetrics 1.0.0 if the reader
 * accepts it, else the format 0.0.4. Thread-safe.
 */
public final class MetricsPage implements AutoCloseable {

    private static final String OPEN_METRICS = "application/openmetrics-text";
    private static final String OPEN_METRICS_TYPE = OPEN_METRICS + "; version=1.0.0; charset=utf-8";
    private static final String PROMETHEUS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();

    /**
     * Numbers and their form.
     *
     * @param contentType for the field of that name
     * @param body the text
     */
    public record Text(String contentType, String body) {}

    /** The numbers of {@code node}, of a program with this version. */
    public MetricsPage(DhtNode node, String version) {
        new NodeMetrics(node).bindTo(registry);
        Info.builder()
                .name("a2al_build_info")
                .help("the version of the program, always 1")
                .labelNames("version")
                .register(registry.getPrometheusRegistry())
                .setLabelValues(version);
        new JvmInfoMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        collections.bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
    }

    /**
     * Returns the present numbers.
     *
     * @param accept what the reader accepts, as in the field of that name; empty for anything
     */
    public Text read(String accept) {
        String type = accept.contains(OPEN_METRICS) ? OPEN_METRICS_TYPE : PROMETHEUS_TYPE;
        return new Text(type, registry.scrape(type));
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
