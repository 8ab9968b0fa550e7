package io.a2al.http.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.core.NodeStatistics;
import io.a2al.dht.result.TrafficStatistics;
import io.a2al.http.route.Json;
import io.a2al.protocol.message.MessageType;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Requests and datagrams per second over the last hour, a point for every ten seconds. Each point is the mean since the
 * point before. Thread-safe.
 */
final class TrafficRates {

    /** Time between two points. */
    static final Duration STEP = Duration.ofSeconds(10);

    /** Points that are kept: an hour. */
    static final int MOST = 360;

    private static final double NANOS_PER_SECOND = 1e9;

    /** Requests that have a line of their own; all others are one. */
    private static final Set<MessageType> NAMED =
            Set.of(MessageType.PING, MessageType.FIND_NODE, MessageType.FIND_VALUE, MessageType.STORE);

    private final Deque<Point> points = new ArrayDeque<>(MOST);
    private Optional<Counts> before = Optional.empty();

    /** Counters at a moment of the monotonic clock, in nanoseconds. */
    private record Counts(long nanos, Map<String, Long> values) {}

    /**
     * A point.
     *
     * @param at Unix time in milliseconds
     * @param perSecond by name; every point has the same names
     */
    record Point(long at, Map<String, Double> perSecond) {}

    /**
     * Adds a point, unless there is nothing to compare with yet.
     *
     * @param nanos of a monotonic clock
     * @param unixMillis the time that the point shows
     */
    synchronized Optional<Point> add(
            long nanos, long unixMillis, NodeStatistics.Messages messages, TrafficStatistics traffic) {
        Counts now = new Counts(nanos, count(messages, traffic));
        Optional<Point> point = before.filter(then -> then.nanos() < nanos).map(then -> between(then, now, unixMillis));
        before = Optional.of(now);
        if (point.isPresent()) {
            if (points.size() == MOST) {
                points.removeFirst();
            }
            points.addLast(point.get());
        }
        return point;
    }

    /** Returns the points, oldest first. */
    synchronized List<Point> points() {
        return List.copyOf(points);
    }

    private static Map<String, Long> count(NodeStatistics.Messages messages, TrafficStatistics traffic) {
        Map<String, Long> counts = new LinkedHashMap<>();
        long others = 0;
        for (Map.Entry<MessageType, Long> entry : messages.receivedByType().entrySet()) {
            if (NAMED.contains(entry.getKey())) {
                counts.put(Json.name(entry.getKey()), entry.getValue());
            } else if (!entry.getKey().isResponse()) {
                others += entry.getValue();
            }
        }
        counts.put("other", others);
        counts.put("datagrams-in", traffic.received());
        counts.put("datagrams-out", traffic.sent());
        return counts;
    }

    private static Point between(Counts then, Counts now, long unixMillis) {
        double seconds = (now.nanos() - then.nanos()) / NANOS_PER_SECOND;
        Map<String, Double> rates = new LinkedHashMap<>();
        now.values().forEach((name, count) -> {
            long more = count - then.values().getOrDefault(name, 0L);
            rates.put(name, Math.round(more / seconds * 100) / 100.0);
        });
        return new Point(unixMillis, rates);
    }

    /** Returns a point as JSON. */
    static ObjectNode json(Point point) {
        ObjectNode json = Json.object().put("at", point.at());
        ObjectNode rates = json.putObject("rates");
        point.perSecond().forEach(rates::put);
        return json;
    }

    /** Returns all points as JSON. */
    ObjectNode json() {
        ObjectNode json = Json.object().put("step_seconds", STEP.toSeconds()).put("most", MOST);
        var list = json.putArray("points");
        points().forEach(point -> list.add(json(point)));
        return json;
    }
}
