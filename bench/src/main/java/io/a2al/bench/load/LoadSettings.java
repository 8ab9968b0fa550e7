package io.a2al.bench.load;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * What to send. Immutable; thread-safe.
 *
 * @param mode what the requests are
 * @param topicRecords entries under the topic of {@link LoadMode#FIND_VALUE_TOPIC}, 1 to 100
 * @param fill endpoint records that the node is given before the clock starts, each at another key
 * @param identities how many senders, each with a socket of its own
 * @param window requests under way at a time
 * @param rate requests per second at most, sent on time whether or not earlier ones were answered as long as the window
 *     allows; 0 for as many as the window allows
 * @param duration how long the clock runs
 * @param warmup how long the same requests are sent before that
 * @param proven true to answer the node's PINGs, false to keep silent and stay a stranger
 * @param pid the node's process on this machine, whose processor time is to be reported
 */
public record LoadSettings(
        LoadMode mode,
        int topicRecords,
        int fill,
        int identities,
        int window,
        int rate,
        Duration duration,
        Duration warmup,
        boolean proven,
        OptionalLong pid) {

    /** Each sender has a socket, and systems limit how many a process may open. */
    public static final int MAX_IDENTITIES = 10_000;

    /** Far beyond what any socket buffers. */
    public static final int MAX_WINDOW = 65_536;

    /** Entries under one topic that a node keeps. */
    public static final int MAX_TOPIC_RECORDS = 100;

    /** More keys than nodes keep. */
    public static final int MAX_FILL = 1_000_000;

    /** Longer than anybody measures. */
    public static final Duration MAX_DURATION = Duration.ofHours(1);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException naming the value that is out of its range
     */
    public LoadSettings {
        check("topic records", topicRecords, 1, MAX_TOPIC_RECORDS);
        check("records to fill in", fill, 0, MAX_FILL);
        check("identities", identities, 1, MAX_IDENTITIES);
        check("requests under way", window, 1, MAX_WINDOW);
        check("requests per second", rate, 0, Integer.MAX_VALUE);
        if (!duration.isPositive() || duration.compareTo(MAX_DURATION) > 0) {
            throw new IllegalArgumentException(
                    duration.toSeconds() + " seconds; give 1 to " + MAX_DURATION.toSeconds());
        }
        check("seconds of warm-up", warmup.toSeconds(), 0, MAX_DURATION.toSeconds());
    }

    private static void check(String what, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(value + " " + what + "; give " + min + " to " + max);
        }
    }

    /** 64 senders, 64 requests under way, 5 s after 2 s of warm-up. */
    public static LoadSettings of(LoadMode mode) {
        return new LoadSettings(
                mode, 1, 0, 64, 64, 0, Duration.ofSeconds(5), Duration.ofSeconds(2), true, OptionalLong.empty());
    }
}
