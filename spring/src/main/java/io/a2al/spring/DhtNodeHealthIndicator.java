package io.a2al.spring;

import io.a2al.core.NodeStatistics;
import io.a2al.dht.DhtNode;
import java.util.Objects;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Says that a node is up if it knows another one that answers, like {@code readyz} of the program. Thread-safe. */
public final class DhtNodeHealthIndicator implements HealthIndicator {

    private final DhtNode node;

    /** Looks at {@code node} whenever it is asked. */
    public DhtNodeHealthIndicator(DhtNode node) {
        this.node = Objects.requireNonNull(node, "node");
    }

    @Override
    public Health health() {
        NodeStatistics statistics = node.statistics();
        int alive = statistics.table().alive();
        return (alive > 0 ? Health.up() : Health.down().withDetail("reason", "no other node is known; see a2al.seeds"))
                .withDetail("address", node.address().toString())
                .withDetail("contacts", alive)
                .build();
    }
}
