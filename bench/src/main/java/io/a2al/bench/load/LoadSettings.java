package io.a2al.bench.load;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * Settings of a load run. Immutable; thread-safe.
 *
 * @param mode kind of requests
 * @param topicRecords number of entries of the topic of {@link LoadMode#FIND_VALUE_TOPIC}, 1 to
 *     {@value #MAX_TOPIC_RECORDS}
 * @param fill number of endpoint records stored on the node before the measurement, each at a new key
 * @param identities number of senders, each with its own socket
 * @param window maximum number of requests in flight
 * @param rate requests per second, sent on time whether or not earlier ones were answered, as far as the window allows;
 *     0 for as many as the window allows
 * @param duration measured time
 * @param warmup time for which the same requests are sent before the measurement
 * @param proven true to answer the node's PINGs, which verifies the addresses of the senders; false to leave them
 *     unverified
 * @param pid id of the node's process on this machine, to report its processor time
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

    /** Maximum number of senders. Each has a socket, and systems limit the number of sockets of a process. */
    public static final int MAX_IDENTITIES = 10_000;

    /** Maximum number of requests in flight; far more than any socket buffers. */
    public static final int MAX_WINDOW = 65_536;

    /** Maximum number of entries of a topic; a node keeps no more. */
    public static final int MAX_TOPIC_RECORDS = 100;

    /** Maximum number of records to store beforehand; more than nodes keep. */
    public static final int MAX_FILL = 1_000_000;

    /** Maximum duration of the measurement and of the warm-up; longer than any useful measurement. */
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
        check("requests in flight", window, 1, MAX_WINDOW);
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

    /** Returns settings with 64 senders, 64 requests in flight, and 5 s of measurement after 2 s of warm-up. */
    public static LoadSettings of(LoadMode mode) {
        return new LoadSettings(
                mode, 1, 0, 64, 64, 0, Duration.ofSeconds(5), Duration.ofSeconds(2), true, OptionalLong.empty());
    }
}
