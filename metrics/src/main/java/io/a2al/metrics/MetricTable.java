package io.a2al.metrics;

import static io.a2al.metrics.Metric.all;
import static io.a2al.metrics.Metric.and;
import static io.a2al.metrics.Metric.by;
import static io.a2al.metrics.Metric.counter;
import static io.a2al.metrics.Metric.durations;
import static io.a2al.metrics.Metric.gauge;
import static io.a2al.metrics.Metric.histogram;
import static io.a2al.metrics.Metric.only;
import static io.a2al.metrics.Metric.seconds;

import io.a2al.core.api.DropReason;
import io.a2al.core.bounds.Occupancy;
import io.a2al.core.liveness.PeerHealth;
import io.a2al.core.lookup.LookupKind;
import io.a2al.core.lookup.LookupOutcome;
import io.a2al.core.rpc.RequestOutcome;
import io.a2al.dht.result.CallbackKind;
import io.a2al.dht.result.RenewalOutcome;
import io.a2al.dht.result.TaskKind;
import io.a2al.dht.transport.SocketStatistics;
import io.a2al.protocol.message.MessageType;
import io.a2al.protocol.record.RecordCategory;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * All metrics of a node. None has a label that peers can choose, so that their number is bounded. Where
 * go-libp2p-kad-dht counts the same, the name is the same but for its prefix. docs/metrics.md has the same table; a
 * test compares them.
 */
final class MetricTable {

    private static final List<MessageType> MESSAGES = all(MessageType.class);

    private static final List<MessageType> REQUESTS =
            MESSAGES.stream().filter(type -> type.response().isPresent()).toList();

    private MetricTable() {}

    /**
     * Returns the metrics.
     *
     * @param parts the bounded parts of the node, as {@code NodeStatistics.occupancies} names them
     */
    static List<Metric> of(Collection<String> parts) {
        return List.of(
                counter(
                        "a2al.rpc.inbound.messages",
                        "verified messages received",
                        by(
                                "type",
                                MESSAGES,
                                (at, type) -> get(at.node().messages().receivedByType(), type))),
                counter(
                        "a2al.rpc.outbound.messages",
                        "messages sent, repetitions included",
                        by(
                                "type",
                                MESSAGES,
                                (at, type) -> get(at.node().messages().sentByType(), type))),
                counter(
                        "a2al.rpc.outbound.requests",
                        "own requests that have ended",
                        and(
                                by(
                                        "type",
                                        REQUESTS,
                                        (at, type) -> get(at.node().requests().outcomes(), type)),
                                "outcome",
                                all(RequestOutcome.class),
                                MetricTable::get)),
                durations(
                        "a2al.rpc.outbound.duration",
                        "how long answers to own requests took, repetitions included",
                        by(
                                "type",
                                REQUESTS,
                                (at, type) -> get(at.node().requests().durations(), type))),
                durations(
                        "a2al.lookup.duration",
                        "how long lookups took, the node's own included",
                        and(
                                by(
                                        "kind",
                                        all(LookupKind.class),
                                        (at, kind) ->
                                                get(at.node().lookups().ended().durations(), kind)),
                                "outcome",
                                all(LookupOutcome.class),
                                MetricTable::get)),
                histogram(
                        "a2al.lookup.hops",
                        "referrals between the own table and the farthest node that answered a lookup",
                        only(at -> at.node().lookups().ended().hops())),
                histogram(
                        "a2al.lookup.asked",
                        "nodes asked in a lookup",
                        only(at -> at.node().lookups().ended().asked())),
                counter(
                        "a2al.lookup.surrounded",
                        "lookups whose key looked surrounded by an attacker, and those that more nodes confirmed",
                        by(
                                "verdict",
                                List.of("suspected", "confirmed"),
                                (at, verdict) -> verdict.equals("confirmed")
                                        ? at.node().lookups().surrounded()
                                        : at.node().lookups().suspected())),
                counter(
                        "a2al.datagrams",
                        "datagrams",
                        by(
                                "direction",
                                List.of("in", "out"),
                                (at, way) -> way.equals("in")
                                        ? at.traffic().received()
                                        : at.traffic().sent())),
                counter(
                        "a2al.datagrams.accepted",
                        "datagrams that were verified and handled",
                        only(at -> at.traffic().accepted())),
                counter(
                        "a2al.datagrams.dropped",
                        "datagrams that were not handled",
                        by(
                                "reason",
                                all(DropReason.class),
                                (at, reason) -> get(at.traffic().dropped(), reason))),
                counter(
                        "a2al.datagrams.overflowed",
                        "datagrams that the system dropped from full receive buffers of all sockets; 0 unless on Linux",
                        only(at -> at.traffic()
                                .socket()
                                .flatMap(SocketStatistics::dropped)
                                .orElse(0L))),
                counter(
                        "a2al.datagrams.send.failures",
                        "datagrams that the system did not take",
                        only(at -> at.traffic().sendFailures())),
                gauge(
                        "a2al.table.contacts",
                        "contacts in the routing table",
                        by(
                                "health",
                                all(PeerHealth.State.class),
                                (at, state) -> get(at.node().table().byHealth(), state))),
                gauge(
                        "a2al.network.size",
                        "nodes that the network seems to have",
                        only(at -> at.node().table().estimatedNetworkSize())),
                gauge(
                        "a2al.connectivity.suspected",
                        "1 while the node doubts its own network",
                        only(at -> at.node().requests().connectivity().doubted() ? 1 : 0)),
                gauge(
                        "a2al.store.records",
                        "records held",
                        by(
                                "category",
                                all(RecordCategory.class),
                                (at, category) -> get(at.node().store().byCategory(), category))),
                gauge(
                        "a2al.store.keys",
                        "keys with a record",
                        only(at -> at.node().store().keys().used())),
                counter(
                        "a2al.store.evicted",
                        "keys evicted because the store was full",
                        only(at -> at.node().store().evictedKeys())),
                counter(
                        "a2al.store.rejected",
                        "records refused because their key or network has too many",
                        by(
                                "reason",
                                List.of("over_quota", "crowded_out"),
                                (at, reason) -> reason.equals("over_quota")
                                        ? at.node().store().overQuota()
                                        : at.node().store().crowdedOut())),
                counter(
                        "a2al.restore.requests",
                        "requests that needed records of an earlier run while these were being restored",
                        by(
                                "outcome",
                                List.of("restored", "timed_out", "not_deferred"),
                                (at, outcome) -> switch (outcome) {
                                    case "restored" -> at.node().restore().restored();
                                    case "timed_out" -> at.node().restore().timedOut();
                                    default -> at.node().restore().notDeferred();
                                })),
                gauge(
                        "a2al.publications",
                        "records that the node keeps published",
                        only(at -> at.node().replication().publications().used())),
                gauge(
                        "a2al.publication.replicas",
                        "nodes that hold the latest of those records, added up",
                        only(at -> at.publications().replicas().confirmed())),
                gauge(
                        "a2al.publication.replicas.wanted",
                        "nodes that should hold them, added up",
                        only(at -> at.publications().replicas().wanted())),
                gauge(
                        "a2al.publications.lacking.replicas",
                        "records that fewer nodes hold than should",
                        only(at -> at.publications().replicas().lacking())),
                gauge(
                        "a2al.publications.surrounded",
                        "keys of those records that look surrounded by an attacker",
                        only(at -> at.node().replication().surrounded())),
                counter(
                        "a2al.renewals",
                        "renewals of published records",
                        by(
                                "outcome",
                                all(RenewalOutcome.class),
                                (at, outcome) -> get(at.publications().renewals(), outcome))),
                gauge(
                        "a2al.lookups.waiting",
                        "lookups of the application that wait for their turn",
                        only(at -> at.lookups().waiting())),
                gauge(
                        "a2al.lookups.allowed",
                        "lookups of the application that may be under way",
                        only(at -> at.lookups().allowed())),
                counter(
                        "a2al.lookups.refused",
                        "lookups of the application that got no turn",
                        only(at -> at.lookups().refused())),
                seconds(
                        "a2al.disk.lag",
                        "how long the oldest change of the store waits to be written",
                        only(at -> at.disk().lagNanos() / 1e9)),
                counter(
                        "a2al.disk.failures",
                        "writes that the disk refused",
                        only(at -> at.disk().failures())),
                counter(
                        "a2al.callback.failures",
                        "calls of the application that threw",
                        by(
                                "kind",
                                all(CallbackKind.class),
                                (at, kind) -> get(at.callbacks().failures(), kind))),
                counter(
                        "a2al.task.failures",
                        "tasks of the node that failed",
                        by(
                                "kind",
                                all(TaskKind.class),
                                (at, kind) -> get(at.tasks().failures(), kind))),
                gauge(
                        "a2al.size",
                        "how much of a bounded part is used",
                        by("part", parts, (at, part) -> part(at, part).used())),
                gauge(
                        "a2al.limit",
                        "how much of it can be used",
                        by("part", parts, (at, part) -> part(at, part).limit())));
    }

    private static Occupancy part(Snapshot at, String name) {
        return get(at.parts(), name);
    }

    private static <K, V> V get(Map<K, V> map, K key) {
        return Objects.requireNonNull(map.get(key), "every key has an entry");
    }
}
