package io.a2al.metrics;

import io.a2al.core.api.DropReason;
import io.a2al.core.bounds.Occupancy;
import io.a2al.dht.DhtNode;
import io.a2al.dht.result.CallbackKind;
import io.a2al.dht.result.TaskKind;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Meters of a node: its messages, datagrams, routing table, store and failures, and how full each of its bounded parts
 * is ({@code a2al.size} and {@code a2al.limit} by {@code part}, as in {@code store.keys}). The node is asked once for
 * all meters: what it answered is used for a second. Thread-safe.
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
        bindMessages(registry);
        bindDatagrams(registry);
        bindTable(registry);
        bindStore(registry);
        bindFailures(registry);
        now().node().occupancies().keySet().forEach(part -> {
            bindPart(registry, "a2al.size", "how much of a bounded part is used", part, Occupancy::used);
            bindPart(registry, "a2al.limit", "how much of a bounded part can be used", part, Occupancy::limit);
        });
    }

    private void bindMessages(MeterRegistry registry) {
        String inbound = "a2al.rpc.inbound.messages";
        String received = "verified messages received";
        count(
                registry,
                inbound,
                received,
                "kind",
                "request",
                at -> at.node().messages().requestsReceived());
        count(
                registry,
                inbound,
                received,
                "kind",
                "response",
                at -> at.node().messages().responsesReceived());
        String outbound = "a2al.rpc.outbound.requests";
        String ended = "own requests that have ended";
        count(
                registry,
                outbound,
                ended,
                "outcome",
                "answered",
                at -> at.node().requests().answered());
        count(
                registry,
                outbound,
                ended,
                "outcome",
                "timed_out",
                at -> at.node().requests().timedOut());
        count(
                registry,
                outbound,
                ended,
                "outcome",
                "excused",
                at -> at.node().requests().excused());
    }

    private void bindDatagrams(MeterRegistry registry) {
        String what = "datagrams";
        count(
                registry,
                "a2al.datagrams",
                what,
                "direction",
                "in",
                at -> at.traffic().received());
        count(
                registry,
                "a2al.datagrams",
                what,
                "direction",
                "out",
                at -> at.traffic().sent());
        count(
                registry,
                "a2al.datagrams.accepted",
                "datagrams that were verified and handled",
                at -> at.traffic().accepted());
        count(
                registry,
                "a2al.datagrams.send.failures",
                "datagrams that the system did not take",
                at -> at.traffic().sendFailures());
        for (DropReason reason : DropReason.values()) {
            count(
                    registry,
                    "a2al.datagrams.dropped",
                    "datagrams that were not handled",
                    "reason",
                    lower(reason),
                    at -> at.traffic().dropped().getOrDefault(reason, 0L));
        }
    }

    private void bindTable(MeterRegistry registry) {
        String contacts = "contacts in the routing table";
        measure(
                registry,
                "a2al.table.contacts",
                contacts,
                Tags.of("health", "alive"),
                at -> at.node().table().alive());
        measure(
                registry,
                "a2al.table.contacts",
                contacts,
                Tags.of("health", "dead"),
                at -> at.node().table().contacts().used() - at.node().table().alive());
        measure(
                registry,
                "a2al.network.size",
                "nodes that the network seems to have",
                Tags.empty(),
                at -> at.node().table().estimatedNetworkSize());
        measure(
                registry,
                "a2al.connectivity.suspected",
                "1 while the own network is doubted",
                Tags.empty(),
                at -> at.node().requests().connectivity().doubted() ? 1 : 0);
    }

    private void bindStore(MeterRegistry registry) {
        measure(
                registry,
                "a2al.store.records",
                "records held",
                Tags.empty(),
                at -> at.node().store().records().used());
        measure(
                registry,
                "a2al.store.keys",
                "keys with a record",
                Tags.empty(),
                at -> at.node().store().keys().used());
        count(
                registry,
                "a2al.store.evicted",
                "keys evicted because the store was full",
                at -> at.node().store().evictedKeys());
        measure(
                registry,
                "a2al.publications",
                "records that this node keeps published",
                Tags.empty(),
                at -> at.node().replication().publications().used());
    }

    private void bindFailures(MeterRegistry registry) {
        for (CallbackKind kind : CallbackKind.values()) {
            count(
                    registry,
                    "a2al.callback.failures",
                    "calls of the application that threw",
                    "kind",
                    lower(kind),
                    at -> at.callbacks().failures().getOrDefault(kind, 0L));
        }
        for (TaskKind kind : TaskKind.values()) {
            count(
                    registry,
                    "a2al.task.failures",
                    "own tasks that failed",
                    "kind",
                    lower(kind),
                    at -> at.tasks().failures().getOrDefault(kind, 0L));
        }
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private void count(MeterRegistry registry, String name, String what, ToDoubleFunction<Snapshot> value) {
        FunctionCounter.builder(name, this, _ -> value.applyAsDouble(now()))
                .description(what)
                .register(registry);
    }

    private void count(
            MeterRegistry registry, String name, String what, String tag, String of, ToDoubleFunction<Snapshot> value) {
        FunctionCounter.builder(name, this, _ -> value.applyAsDouble(now()))
                .tag(tag, of)
                .description(what)
                .register(registry);
    }

    private void measure(
            MeterRegistry registry, String name, String what, Tags tags, ToDoubleFunction<Snapshot> value) {
        Gauge.builder(name, this, _ -> value.applyAsDouble(now()))
                .tags(tags)
                .description(what)
                .register(registry);
    }

    private void bindPart(
            MeterRegistry registry, String name, String what, String part, ToDoubleFunction<Occupancy> value) {
        measure(registry, name, what, Tags.of("part", part), at -> {
            Occupancy found = at.node().occupancies().get(part);
            return found == null ? Double.NaN : value.applyAsDouble(found);
        });
    }
}
