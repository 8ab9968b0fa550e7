/**
 * The numbers of a node as Micrometer meters, for the registry of an application, and as a page for Prometheus. A node
 * does not need this module. Micrometer names its own module in its manifest only, which makes it an automatic one.
 */
@SuppressWarnings("requires-transitive-automatic")
module io.a2al.metrics {
    requires static transitive org.jspecify;
    requires transitive io.a2al.dht;
    requires transitive micrometer.core;
    requires micrometer.registry.prometheus;
    requires io.prometheus.metrics.core;
    requires io.prometheus.metrics.model;

    exports io.a2al.metrics;
}
