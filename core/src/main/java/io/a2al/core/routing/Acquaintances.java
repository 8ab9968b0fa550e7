package io.a2al.core.routing;

import java.time.Duration;
import java.util.Arrays;

/**
 * What is known of contacts by their places: when they answered, how fast, and how many requests in a row they did not.
 * Eleven bytes each. Times come in nanoseconds and are kept in tenths of a second. Not thread-safe.
 */
final class Acquaintances {

    private static final int FIRST_CAPACITY = 16;
    private static final long TICK_NANOS = Duration.ofMillis(100).toNanos();
    private static final long ROUND_TRIP_NANOS = Duration.ofNanos(100_000).toNanos();

    /** Silences in tenths of a second that say something about how long contacts stay. */
    private static final int LEAST_SILENCE = 600;

    private final int limit;
    private final HeadStart headStart;
    private final long epoch;
    private int[] since = new int[FIRST_CAPACITY];

    /** When it was heard last; when it failed last if it has failed since. */
    private int[] latest = new int[FIRST_CAPACITY];

    private char[] roundTrips = new char[FIRST_CAPACITY];
    private byte[] failures = new byte[FIRST_CAPACITY];

    /**
     * Knows nothing of any.
     *
     * @param limit places at most
     * @param estimate how long contacts are likely there
     * @param epoch a time before all others
     */
    Acquaintances(int limit, RoutingSettings.Estimate estimate, long epoch) {
        this.limit = limit;
        this.headStart = new HeadStart(
                ticks(estimate.headStart()), ticks(estimate.shortestHeadStart()), ticks(estimate.longestHeadStart()));
        this.epoch = epoch;
    }

    private static double ticks(Duration time) {
        return time.toNanos() / (double) TICK_NANOS;
    }

    private int tick(long now) {
        return (int) ((now - epoch) / TICK_NANOS);
    }

    /** Begins with a contact that has just answered for the first time. */
    void begin(int place, long now) {
        if (place == since.length) {
            int capacity = Math.min(place + place / 2, limit);
            since = Arrays.copyOf(since, capacity);
            latest = Arrays.copyOf(latest, capacity);
            roundTrips = Arrays.copyOf(roundTrips, capacity);
            failures = Arrays.copyOf(failures, capacity);
        }
        since[place] = tick(now);
        latest[place] = since[place];
        roundTrips[place] = 0;
        failures[place] = 0;
    }

    /** Notes an answer. One that did not answer before may have been started again, and is known since now. */
    void answered(int place, long now, long roundTripNanos) {
        learn(place, now, true);
        latest[place] = tick(now);
        if (failures[place] > 0) {
            since[place] = latest[place];
            failures[place] = 0;
        }
        if (roundTripNanos > 0) {
            roundTrips[place] = (char) Math.clamp(roundTripNanos / ROUND_TRIP_NANOS, 1, Character.MAX_VALUE);
        }
    }

    void failed(int place, long now) {
        learn(place, now, false);
        latest[place] = tick(now);
        failures[place] = (byte) Math.min(failures[place] + 1, Byte.MAX_VALUE);
    }

    /** Learns from the first outcome after a silence. Right after an answer, a failure is a lost datagram. */
    private void learn(int place, long now, boolean answered) {
        int silence = tick(now) - latest[place];
        if (failures[place] == 0 && silence >= LEAST_SILENCE) {
            headStart.note(latest[place] - since[place], silence, answered);
        }
    }

    /** Moves what is known of a contact to another place. */
    void move(int from, int to) {
        since[to] = since[from];
        latest[to] = latest[from];
        roundTrips[to] = roundTrips[from];
        failures[to] = failures[from];
    }

    void forgetRoundTrips() {
        Arrays.fill(roundTrips, (char) 0);
    }

    int failures(int place) {
        return failures[place];
    }

    /** Returns the time since it answered last, or since it failed last if it has failed since. */
    Duration silence(int place, long now) {
        return Duration.ofNanos((tick(now) - latest[place]) * TICK_NANOS);
    }

    /** Returns true if its latest request was answered, and not before {@code time}. */
    boolean answeredSince(int place, long time) {
        return failures[place] == 0 && latest[place] >= tick(time);
    }

    /** Returns its latest round-trip time in nanoseconds; 0 if unknown. */
    long roundTripNanos(int place) {
        return roundTrips[place] * ROUND_TRIP_NANOS;
    }

    /**
     * Returns how likely it is there, 0 to 1: what was there for long stays for long (Accordion, NSDI 2005). 0 if its
     * latest request was not answered.
     */
    double chance(int place, long now) {
        return failures[place] > 0
                ? 0
                : headStart.chance(latest[place] - (double) since[place], tick(now) - (double) latest[place]);
    }

    long bytes() {
        return (long) since.length * (Integer.BYTES + Integer.BYTES + Character.BYTES + Byte.BYTES);
    }
}
