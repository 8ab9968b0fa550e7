package io.a2al.dht;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** Checks arguments of the API before anything else happens. Stateless and thread-safe. */
final class Arguments {

    /** Longest timeout. No operation takes nearly as long; longer ones are mistakes of unit. */
    private static final Duration MAX_TIME = Duration.ofDays(1);

    private static final int MAX_BYTE = 0xff;

    private Arguments() {}

    /**
     * Returns an unmodifiable copy.
     *
     * @throws NullPointerException if the list or an element is null; the message begins with {@code name}
     */
    static <T> List<T> list(List<T> values, String name) {
        Objects.requireNonNull(values, name);
        for (T value : values) {
            Objects.requireNonNull(value, () -> name + " has a null element");
        }
        return List.copyOf(values);
    }

    /** Returns a record type. */
    static int recordType(int type) {
        if (type < 0 || type > MAX_BYTE) {
            throw new IllegalArgumentException("record type: " + type + "; give 0 to 255, where 0 stands for any type");
        }
        return type;
    }

    /** Returns the type of a note. */
    static int noteType(int type) {
        if (type < 0 || type > MAX_BYTE) {
            throw new IllegalArgumentException("type of a note: " + type + "; give 0 to 255");
        }
        return type;
    }

    /** Returns a timeout. */
    static Duration timeout(Duration timeout) {
        Objects.requireNonNull(timeout, "timeout");
        if (!timeout.isPositive() || timeout.compareTo(MAX_TIME) > 0) {
            throw new IllegalArgumentException("timeout: " + timeout + "; give more than zero and at most " + MAX_TIME);
        }
        return timeout;
    }

    /** Returns a pause between requests; a negative one counts as none. */
    static Duration stagger(Duration stagger) {
        Objects.requireNonNull(stagger, "stagger");
        if (stagger.compareTo(MAX_TIME) > 0) {
            throw new IllegalArgumentException("stagger: " + stagger + "; give at most " + MAX_TIME);
        }
        return stagger.isNegative() ? Duration.ZERO : stagger;
    }
}
