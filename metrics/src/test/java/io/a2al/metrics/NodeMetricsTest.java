package io.a2al.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.dht.DhtNode;
import io.a2al.dht.transport.MemoryNetwork;
import io.a2al.protocol.crypto.Identity;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class NodeMetricsTest {

    @Test
    void everyBoundedPartHasItsSizeAndLimit() throws IOException {
        try (DhtNode node = DhtNode.builder()
                .identity(Identity.ofSeed(new byte[32]))
                .transport(new MemoryNetwork().newTransport())
                .build()
                .start()) {
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
    }
}
