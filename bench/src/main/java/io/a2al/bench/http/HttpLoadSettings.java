package io.a2al.bench.http;

import java.time.Duration;

/**
 * Settings of a load on the HTTP interface. Immutable; thread-safe.
 *
 * @param resolves requests for {@code /v1/resolve/{address}} per second, sent on time as far as there are connections;
 *     0 for none
 * @param readers streams of {@code /v1/events} that stay open
 * @param addresses number of addresses that are resolved in turn, each with an endpoint record in the network
 * @param others number of other nodes in the network
 * @param fresh the level of freshness that is asked for
 * @param duration measured time
 * @param warmup time under load before the calm, and again before the measured time
 * @param calm time without load in which only PINGs are sent, to compare with
 */
public record HttpLoadSettings(
        int resolves,
        int readers,
        int addresses,
        int others,
        String fresh,
        Duration duration,
        Duration warmup,
        Duration calm) {

    /** A node serves no more streams. */
    public static final int MAX_READERS = 1024;

    /** More than any node answers. */
    public static final int MAX_RESOLVES = 100_000;

    /** Each is a publication of this process. */
    public static final int MAX_ADDRESSES = 4096;

    /** They run in one process. */
    public static final int MAX_OTHERS = 200;

    private static final Duration MAX_DURATION = Duration.ofHours(1);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException naming the value that is out of its range
     */
    public HttpLoadSettings {
        check("resolves per second", resolves, 0, MAX_RESOLVES);
        check("readers", readers, 0, MAX_READERS);
        check("addresses", addresses, 1, MAX_ADDRESSES);
        check("other nodes", others, 1, MAX_OTHERS);
        check("seconds", duration.toSeconds(), 1, MAX_DURATION.toSeconds());
        check("seconds of warm-up", warmup.toSeconds(), 0, MAX_DURATION.toSeconds());
        check("seconds without load", calm.toSeconds(), 1, MAX_DURATION.toSeconds());
    }

    private static void check(String what, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(value + " " + what + "; give " + min + " to " + max);
        }
    }
}
