package io.a2al.bench.local;

import io.a2al.bench.load.LoadMode;
import io.a2al.bench.load.LoadSettings;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * One row of the table: a load on a node with a given number of cores. Immutable; thread-safe.
 *
 * @param name name of the row
 * @param mode kind of requests
 * @param topicRecords number of entries of the topic, if the requests are for one
 * @param fill number of records stored on the node before the measurement
 * @param identities number of senders
 * @param warm false to measure without warm-up, so that the senders are unknown to the node at the start
 * @param halfLoad true to send half as many requests per second as were answered in the first row, to measure latencies
 *     below saturation
 * @param cores number of cores that the node may use
 */
public record Scenario(
        String name,
        LoadMode mode,
        int topicRecords,
        int fill,
        int identities,
        boolean warm,
        boolean halfLoad,
        int cores) {

    /**
     * Slightly fewer keys than a node keeps by default. The node accepts all of them, and the warm-up exceeds the
     * limit.
     */
    private static final int NEARLY_FULL = 99_000;

    /** Number of senders and of requests in flight. */
    private static final int WINDOW = 64;

    /** All rows, in the order of the table. */
    public static final List<Scenario> ALL = List.of(
            of("ping", LoadMode.PING, 1),
            new Scenario("ping_half_load", LoadMode.PING, 1, 0, WINDOW, true, true, 1),
            of("find_node", LoadMode.FIND_NODE, 1),
            of("find_value", LoadMode.FIND_VALUE, 1),
            of("find_value_topic_1", LoadMode.FIND_VALUE_TOPIC, 1),
            of("find_value_topic_20", LoadMode.FIND_VALUE_TOPIC, 20),
            of("find_value_topic_100", LoadMode.FIND_VALUE_TOPIC, 100),
            of("mixed", LoadMode.MIXED, 1),
            new Scenario("ping_new_500", LoadMode.PING, 1, 0, 500, false, false, 1),
            of("store", LoadMode.STORE, 1),
            new Scenario("ping_two_cores", LoadMode.PING, 1, 0, WINDOW, true, false, 2),
            new Scenario("store_at_limit", LoadMode.STORE, 1, NEARLY_FULL, WINDOW, true, false, 1));

    private static Scenario of(String name, LoadMode mode, int topicRecords) {
        return new Scenario(name, mode, topicRecords, 0, WINDOW, true, false, 1);
    }

    /** Returns the mean number of signatures that the node verifies for a request. */
    public double verifications() {
        return switch (mode) {
            case PING, FIND_NODE, FIND_VALUE, FIND_VALUE_TOPIC -> 1;
            case STORE, RENEW -> 2;
            case MIXED -> 1.1;
        };
    }

    /** Returns true if the load adds records. It would exceed the limit of a node within half a minute. */
    boolean fillsNode() {
        return mode == LoadMode.STORE;
    }

    /** Returns the load with which a node is warmed up: this one, or a similar one that adds no records. */
    Scenario warmUp() {
        return fillsNode() ? new Scenario(name, LoadMode.RENEW, 1, 0, identities, warm, halfLoad, cores) : this;
    }

    /** Returns the settings of the load generator for this row; {@code rate} applies to half load only. */
    LoadSettings settings(long pid, Duration duration, Duration warmup, int rate) {
        return new LoadSettings(
                mode,
                topicRecords,
                fill,
                identities,
                WINDOW,
                halfLoad ? rate : 0,
                duration,
                warm ? warmup : Duration.ZERO,
                true,
                OptionalLong.of(pid));
    }
}
