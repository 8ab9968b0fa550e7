package io.a2al.sim.work;

import io.a2al.core.api.Freshness;
import java.time.Duration;

/**
 * Settings of the lookups that agents make. Immutable; thread-safe.
 *
 * @param perMinute mean number of lookups that begin per minute in the whole network
 * @param zipf exponent of popularity: the n-th most popular record is looked up 1/n<sup>zipf</sup> times as often as
 *     the most popular one; 0 for equal popularity
 * @param freshness how sure a lookup makes that it finds the newest record
 * @param timeout time after which a lookup ends with what it has found
 */
public record LookupLoad(double perMinute, double zipf, Freshness freshness, Duration timeout) {

    private static final double MAX_PER_MINUTE = 1e7;
    private static final double MAX_ZIPF = 5;

    /**
     * Validates the ranges.
     *
     * @throws IllegalArgumentException naming the value that is out of range
     */
    public LookupLoad {
        if (!(perMinute >= 0 && perMinute <= MAX_PER_MINUTE)) {
            throw new IllegalArgumentException(
                    "lookups per minute: " + perMinute + "; must be 0 to " + (long) MAX_PER_MINUTE);
        }
        if (!(zipf >= 0 && zipf <= MAX_ZIPF)) {
            throw new IllegalArgumentException("Zipf exponent: " + zipf + "; must be 0 to " + (int) MAX_ZIPF);
        }
    }

    /** Returns this load with another rate of lookups. */
    public LookupLoad withPerMinute(double other) {
        return new LookupLoad(other, zipf, freshness, timeout);
    }

    /** Returns this load with another exponent of popularity. */
    public LookupLoad withZipf(double other) {
        return new LookupLoad(perMinute, other, freshness, timeout);
    }

    /** Returns this load with another freshness. */
    public LookupLoad withFreshness(Freshness other) {
        return new LookupLoad(perMinute, zipf, other, timeout);
    }
}
