package io.a2al.core.guard;

/** A token bucket with one rate for all sources together. Times in nanoseconds. Not thread-safe. */
final class TokenBucket {

    private final long interval;
    private final long tolerance;
    private long fullAt;

    /** Creates a full bucket. */
    TokenBucket(Rate rate, long now) {
        this.interval = rate.nanosBetween();
        this.tolerance = interval * (rate.burst() - 1);
        this.fullAt = now;
    }

    boolean mayTake(long now) {
        return fullAt - now <= tolerance;
    }

    void take(long now) {
        fullAt = (fullAt - now > 0 ? fullAt : now) + interval;
    }
}
