package io.a2al.core.api;

import java.time.Duration;
import java.util.Optional;

/**
 * What the caller of a lookup may choose. Immutable; thread-safe.
 *
 * @param timeout after which the lookup ends with what it has
 * @param concurrency requests under way (α), on all paths together; 0 for the node's own choice
 * @param stagger shortest time between two requests of a path, unless an answer comes; empty to let the node derive it
 *     from the round-trip times it measured
 * @param paths disjoint paths (d), 1 to {@value #MAX_PATHS}; more paths resist liars better and cost more requests
 * @param holders how many holders a "newest" lookup wants to hear; 0 for the node's own choice
 * @param traced whether each step is reported with {@link Effect.Traced}
 */
public record LookupOptions(
        Duration timeout, int concurrency, Optional<Duration> stagger, int paths, int holders, boolean traced) {

    /** Requests under way at most; more would be a flood. */
    public static final int MAX_CONCURRENCY = 64;

    /** Disjoint paths at most; as many as nearest nodes (K). */
    public static final int MAX_PATHS = 16;

    /** Holders at most; as many as nodes that a lookup asks around a key. */
    public static final int MAX_HOLDERS = 16;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException naming what is out of range
     */
    public LookupOptions {
        check("timeout", !timeout.isNegative() && !timeout.isZero(), timeout, "a positive duration");
        check(
                "concurrency",
                concurrency >= 0 && concurrency <= MAX_CONCURRENCY,
                concurrency,
                "0 to " + MAX_CONCURRENCY);
        check("stagger", stagger.filter(Duration::isNegative).isEmpty(), stagger, "not negative");
        check("number of paths", paths >= 1 && paths <= MAX_PATHS, paths, "1 to " + MAX_PATHS);
        check("number of holders", holders >= 0 && holders <= MAX_HOLDERS, holders, "0 to " + MAX_HOLDERS);
    }

    private static void check(String what, boolean good, Object value, String wanted) {
        if (!good) {
            throw new IllegalArgumentException("the " + what + " of a lookup is " + value + "; it must be " + wanted);
        }
    }

    /** Returns the node's own choices, within this time. */
    public static LookupOptions within(Duration timeout) {
        return new LookupOptions(timeout, 0, Optional.empty(), 1, 0, false);
    }

    /** Returns these options within another time. */
    public LookupOptions withTimeout(Duration other) {
        return new LookupOptions(other, concurrency, stagger, paths, holders, traced);
    }

    /** Returns these options with another number of requests under way. */
    public LookupOptions withConcurrency(int other) {
        return new LookupOptions(timeout, other, stagger, paths, holders, traced);
    }

    /** Returns these options with another pause between requests. */
    public LookupOptions withStagger(Duration other) {
        return new LookupOptions(timeout, concurrency, Optional.of(other), paths, holders, traced);
    }

    /** Returns these options with another number of paths. */
    public LookupOptions withPaths(int other) {
        return new LookupOptions(timeout, concurrency, stagger, other, holders, traced);
    }

    /** Returns these options with another number of holders to hear. */
    public LookupOptions withHolders(int other) {
        return new LookupOptions(timeout, concurrency, stagger, paths, other, traced);
    }

    /** Returns these options with each step reported. */
    public LookupOptions withTrace() {
        return new LookupOptions(timeout, concurrency, stagger, paths, holders, true);
    }
}
