package io.a2al.metrics;

import io.a2al.core.NodeStatistics;
import io.a2al.core.api.DropReason;
import io.a2al.core.bounds.Occupancy;
import io.a2al.dht.DhtNode;
import io.a2al.dht.result.TrafficStatistics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import java.util.Objects;
import java.util.function.ToLongFunction;

/**
 * Meters of a node: datagrams ({@code a2al.datagrams.…}, {@code a2al.dropped} by {@code reason}), and how full each of
 * its bounded parts is ({@code a2al.size} and {@code a2al.limit} by {@code part}, as in {@code store.keys}). The node's
 * statistics are read when a registry asks. Thread-safe.
 */
public final class NodeMetrics implements MeterBinder {

    private final DhtNode node;

    /** Meters of {@code node}. They read from it as long as the registry lives, also when it is closed. */
    public NodeMetrics(DhtNode node) {
        this.node = Objects.requireNonNull(node, "node");
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        count(registry, "received", "all received datagrams", TrafficStatistics::received);
        count(registry, "accepted", "datagrams that were verified and handled", TrafficStatistics::accepted);
        count(registry, "sent", "datagrams handed to the system", TrafficStatistics::sent);
        count(registry, "send.failures", "datagrams that the system did not take", TrafficStatistics::sendFailures);
        for (DropReason reason : DropReason.values()) {
            FunctionCounter.builder(
                            "a2al.dropped",
                            node,
                            from -> from.traffic().dropped().getOrDefault(reason, 0L))
                    .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                    .description("datagrams that were not handled")
                    .register(registry);
        }
        node.statistics().occupancies().keySet().forEach(part -> {
            measure(registry, "a2al.size", part, Occupancy::used);
            measure(registry, "a2al.limit", part, Occupancy::limit);
        });
    }

    private void count(MeterRegistry registry, String name, String what, ToLongFunction<TrafficStatistics> value) {
        FunctionCounter.builder("a2al.datagrams." + name, node, from -> value.applyAsLong(from.traffic()))
                .description(what)
                .register(registry);
    }

    private void measure(MeterRegistry registry, String name, String part, ToLongFunction<Occupancy> value) {
        Gauge.builder(name, node, from -> valueOf(from.statistics(), part, value))
                .tag("part", part)
                .register(registry);
    }

    private static double valueOf(NodeStatistics statistics, String part, ToLongFunction<Occupancy> value) {
        Occupancy found = statistics.occupancies().get(part);
        return found == null ? Double.NaN : value.applyAsLong(found);
    }
}
