package io.a2al.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.dht.DhtNode;
import io.a2al.dht.transport.MemoryNetwork;
import io.a2al.protocol.crypto.Identity;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NodeMetricsTest {

    private static final long SECOND = 1_000_000_000;

    private DhtNode node;
    private int asked;
    private long nanos;

    @BeforeEach
    void start() throws IOException {
        node = DhtNode.builder()
                .identity(Identity.ofSeed(new byte[32]))
                .transport(new MemoryNetwork().newTransport())
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
                            "a2al_rpc_inbound_messages_total{kind=\"request\"} 0.0\n",
                            "a2al_rpc_outbound_requests_total{outcome=\"timed_out\"} 0.0\n",
                            "a2al_datagrams_total{direction=\"in\"} 0.0\n",
                            "a2al_datagrams_dropped_total{reason=\"bad_signature\"} 0.0\n",
                            "a2al_table_contacts{health=\"alive\"} 0.0\n",
                            "a2al_store_records 0.0\n",
                            "a2al_store_keys 0.0\n",
                            "a2al_store_evicted_total 0.0\n",
                            "a2al_network_size 0.0\n",
                            "a2al_connectivity_suspected 0.0\n",
                            "a2al_callback_failures_total{kind=\"mail_consumer\"} 0.0\n",
                            "a2al_build_info{version=\"1.2.3\"} 1\n",
                            "jvm_memory_used_bytes{",
                            "process_uptime_seconds ");
        }
    }

    @Test
    void theReaderChoosesTheForm() {
        try (MetricsPage page = new MetricsPage(node, "1.2.3")) {
            assertThat(page.read("text/plain").contentType()).startsWith("text/plain; version=0.0.4");
            MetricsPage.Text open = page.read("application/openmetrics-text; version=1.0.0, text/plain");
            assertThat(open.contentType()).startsWith("application/openmetrics-text; version=1.0.0");
            assertThat(open.body()).endsWith("# EOF\n");
        }
    }
}
