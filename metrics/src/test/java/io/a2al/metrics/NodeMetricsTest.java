package io.a2al.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.dht.DhtNode;
import io.a2al.dht.transport.Endpoints;
import io.a2al.dht.transport.MemoryNetwork;
import io.a2al.protocol.crypto.Identity;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NodeMetricsTest {

    private static final long SECOND = 1_000_000_000;

    private final MemoryNetwork network = new MemoryNetwork();
    private DhtNode node;
    private int asked;
    private long nanos;

    @BeforeEach
    void start() throws IOException {
        node = DhtNode.builder()
                .identity(Identity.ofSeed(new byte[32]))
                .transport(network.newTransport())
                .build()
                .start();
    }

    @AfterEach
    void stop() {
        node.close();
    }

    /** The node, with its statistics counted. */
    private DhtNode counted() {
        return (DhtNode) Proxy.newProxyInstance(
                DhtNode.class.getClassLoader(), new Class<?>[] {DhtNode.class}, (_, method, arguments) -> {
                    asked += method.getName().equals("statistics") ? 1 : 0;
                    try {
                        return method.invoke(node, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void everyBoundedPartHasItsSizeAndLimit() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        new NodeMetrics(node).bindTo(registry);
        node.statistics()
                .occupancies()
                .forEach((part, occupancy) -> assertThat(registry.get("a2al.limit")
                                .tag("part", part)
                                .gauge()
                                .value())
                        .isEqualTo(occupancy.limit()));
        assertThat(registry.get("a2al.datagrams")
                        .tag("direction", "in")
                        .functionCounter()
                        .count())
                .isZero();
    }

    @Test
    void theNodeIsAskedOnceForAllMeters() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        new NodeMetrics(counted(), () -> nanos).bindTo(registry);
        asked = 0;

        nanos += SECOND;
        registry.getMeters()
                .forEach(meter -> meter.measure()
                        .forEach(value -> assertThat(value.getValue()).isNotNaN()));
        assertThat(asked).isEqualTo(1);

        nanos += SECOND;
        assertThat(registry.get("a2al.store.keys").gauge().value()).isZero();
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void thePageHasTheNamesThatOperatorsKnow() {
        try (MetricsPage page = new MetricsPage(node, "1.2.3")) {
            assertThat(page.read("").body())
                    .contains(
                            "a2al_rpc_inbound_messages_total{type=\"find_node\"} 0.0\n",
                            "a2al_rpc_outbound_requests_total{outcome=\"timed_out\",type=\"ping\"} 0.0\n",
                            "a2al_rpc_outbound_duration_seconds_bucket{type=\"ping\",le=\"2.0\"} 0\n",
                            "a2al_lookup_duration_seconds_count{kind=\"record\",outcome=\"found\"} 0\n",
                            "a2al_lookup_hops_bucket{le=\"+Inf\"} 0\n",
                            "a2al_lookup_asked_sum 0.0\n",
                            "a2al_datagrams_total{direction=\"in\"} 0.0\n",
                            "a2al_datagrams_dropped_total{reason=\"bad_signature\"} 0.0\n",
                            "a2al_table_contacts{health=\"good\"} 0.0\n",
                            "a2al_store_records{category=\"topic\"} 0.0\n",
                            "a2al_store_keys 0.0\n",
                            "a2al_store_evicted_total 0.0\n",
                            "a2al_network_size 0.0\n",
                            "a2al_publication_replicas 0.0\n",
                            "a2al_renewals_total{outcome=\"failed\"} 0.0\n",
                            "a2al_disk_lag_seconds 0.0\n",
                            "a2al_connectivity_suspected 0.0\n",
                            "a2al_callback_failures_total{kind=\"mail_consumer\"} 0.0\n",
                            "a2al_build_info{version=\"1.2.3\"} 1\n",
                            "jvm_memory_used_bytes{",
                            "process_uptime_seconds ");
        }
    }

    @Test
    void aRegistryThatTakesNoRangesGetsCountAndSum() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        new NodeMetrics(node).bindTo(registry);
        assertThat(registry.get("a2al.lookup.duration.seconds.count")
                        .tag("kind", "record")
                        .functionCounters())
                .hasSize(3);
        assertThat(registry.get("a2al.lookup.hops.sum").functionCounter().count())
                .isZero();
    }

    /** Ranges add up in the text, and durations are in seconds. */
    @Test
    void whatANodeDidIsCountedOnThePage() throws InterruptedException {
        try (DhtNode other = other()) {
            other.ping(Endpoints.toSocketAddress(node.localEndpoint()));
            String text = pageOf(other);
            assertThat(value(text, "a2al_rpc_outbound_requests_total{outcome=\"answered\",type=\"ping\"}"))
                    .isPositive();
            assertThat(value(text, "a2al_rpc_inbound_messages_total{type=\"pong\"}"))
                    .isPositive();
            assertThat(value(text, "a2al_table_contacts{health=\"good\"}")).isEqualTo(1);
            String durations = "a2al_rpc_outbound_duration_seconds";
            double count = value(text, durations + "_count{type=\"ping\"}");
            assertThat(value(text, durations + "_bucket{type=\"ping\",le=\"+Inf\"}"))
                    .isEqualTo(count)
                    .isPositive();
            assertThat(value(text, durations + "_sum{type=\"ping\"}"))
                    .as("seconds")
                    .isBetween(1e-9, 2.0 * count);
        }
    }

    private static double value(String page, String series) {
        return page.lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length())))
                .findFirst()
                .orElseThrow();
    }

    private static String pageOf(DhtNode node) {
        try (MetricsPage page = new MetricsPage(node, "1.2.3")) {
            return page.read("").body();
        }
    }

    private DhtNode other() {
        try {
            return DhtNode.builder()
                    .identity(Identity.ofSeed(Arrays.copyOf(new byte[] {1}, 32)))
                    .transport(network.newTransport())
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theReaderChoosesTheForm() {
        try (MetricsPage page = new MetricsPage(node, "1.2.3")) {
            assertThat(page.read("text/plain").contentType()).startsWith("text/plain; version=0.0.4");
            MetricsPage.Text open = page.read("application/openmetrics-text; version=1.0.0, text/plain");
            assertThat(open.contentType()).startsWith("application/openmetrics-text; version=1.0.0");
            assertThat(open.body())
                    .contains(
                            "# TYPE a2al_datagrams counter\n",
                            "# TYPE a2al_build info\n",
                            "# UNIT a2al_lookup_duration_seconds seconds\n",
                            "a2al_datagrams_total{direction=\"in\"} 0.0\n")
                    .endsWith("# EOF\n")
                    .containsOnlyOnce("# EOF");
        }
    }
}
