package io.a2al.bench.local;

import io.a2al.bench.load.LoadMode;
import io.a2al.bench.load.LoadSettings;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * One row of the table: a load on a node that may use so many cores. Immutable; thread-safe.
 *
 * @param name what it is called
 * @param mode what is asked
 * @param topicRecords entries under the topic, where one is asked for
 * @param fill records that the node is given beforehand
 * @param identities how many senders
 * @param warm false to begin with senders that the node never heard of
 * @param halfLoad true to send half as many requests as the first scenario had answered, to see how long answers take
 * @param cores how many cores the node may use
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
     * Somewhat fewer keys than a node keeps by default: all of them are taken, and the warm-up goes beyond the limit.
     */
    private static final int NEARLY_FULL = 99_000;

    private static final int WINDOW = 64;

    /** All rows in the order in which they are measured. */
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

    /** Signatures that the node verifies for one request. */
    public double verifications() {
        return switch (mode) {
            case PING, FIND_NODE, FIND_VALUE, FIND_VALUE_TOPIC -> 1;
            case STORE, RENEW -> 2;
            case MIXED -> 1.1;
        };
    }

    /** True if it fills the node with records, of which it takes fewer than it would be given in half a minute. */
    boolean fillsNode() {
        return mode == LoadMode.STORE;
    }

    /** What makes a node ready for this row: the same, or what does not fill it. */
    Scenario warmUp() {
        return fillsNode() ? new Scenario(name, LoadMode.RENEW, 1, 0, identities, warm, halfLoad, cores) : this;
    }

    /** The load of this row. */
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
