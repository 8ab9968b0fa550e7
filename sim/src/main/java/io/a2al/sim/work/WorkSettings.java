package io.a2al.sim.work;

import java.time.Duration;

/**
 * What agents do. Immutable; thread-safe.
 *
 * @param records how many records are published, each by an agent of its own
 * @param ttl their time to live; they are renewed at half of it
 * @param lookupsPerMinute how many lookups begin in the whole network, on average
 * @param zipf the exponent of popularity: the n-th most popular record is looked for as often as the first divided by n
 *     to this; 0 for all alike
 * @param lookupTimeout how long an agent waits
 * @param publishersLeave true to have every node that published something switched off for good when lookups begin
 * @param publishing over which time the first publishing is spread
 * @param crowds topics and notes
 */
public record WorkSettings(
        int records,
        Duration ttl,
        double lookupsPerMinute,
        double zipf,
        Duration lookupTimeout,
        boolean publishersLeave,
        Duration publishing,
        CrowdSettings crowds) {

    private static final int MAX_RECORDS = 1_000_000;
    private static final double MAX_PER_MINUTE = 1e7;
    private static final double MAX_ZIPF = 5;

    /**
     * 50 records of an hour; 120 lookups a minute; popularity as Breslau et al., "Web Caching and Zipf-like
     * Distributions" (INFOCOM 1999), found it for web pages: exponents of 0.64 to 0.83.
     */
    public static final WorkSettings CALM = new WorkSettings(
            50,
            Duration.ofHours(1),
            120,
            0.8,
            Duration.ofSeconds(10),
            false,
            Duration.ofSeconds(30),
            CrowdSettings.NONE);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException naming what is out of range
     */
    public WorkSettings {
        if (records < 0 || records > MAX_RECORDS) {
            throw new IllegalArgumentException(records + " records; it must be 0 to " + MAX_RECORDS);
        }
        if (!(lookupsPerMinute >= 0 && lookupsPerMinute <= MAX_PER_MINUTE)) {
            throw new IllegalArgumentException(
                    lookupsPerMinute + " lookups a minute; it must be 0 to " + (long) MAX_PER_MINUTE);
        }
        if (!(zipf >= 0 && zipf <= MAX_ZIPF)) {
            throw new IllegalArgumentException("the Zipf exponent is " + zipf + "; it must be 0 to " + (int) MAX_ZIPF);
        }
        if (ttl.toSeconds() < 1 || ttl.toSeconds() > 0xffff_ffffL) {
            throw new IllegalArgumentException("the time to live is " + ttl.toSeconds() + " s; it must be positive");
        }
    }

    /** The same with another number of records. */
    public WorkSettings withRecords(int other) {
        return new WorkSettings(other, ttl, lookupsPerMinute, zipf, lookupTimeout, publishersLeave, publishing, crowds);
    }

    /** The same with another time to live. */
    public WorkSettings withTtl(Duration other) {
        return new WorkSettings(
                records, other, lookupsPerMinute, zipf, lookupTimeout, publishersLeave, publishing, crowds);
    }

    /** The same with another rate of lookups. */
    public WorkSettings withLookupsPerMinute(double other) {
        return new WorkSettings(records, ttl, other, zipf, lookupTimeout, publishersLeave, publishing, crowds);
    }

    /** The same with another popularity. */
    public WorkSettings withZipf(double other) {
        return new WorkSettings(
                records, ttl, lookupsPerMinute, other, lookupTimeout, publishersLeave, publishing, crowds);
    }

    /** The same with publishers that leave, or stay. */
    public WorkSettings withPublishersLeave(boolean other) {
        return new WorkSettings(records, ttl, lookupsPerMinute, zipf, lookupTimeout, other, publishing, crowds);
    }

    /** The same with the first publishing spread over another time. */
    public WorkSettings withPublishing(Duration other) {
        return new WorkSettings(records, ttl, lookupsPerMinute, zipf, lookupTimeout, publishersLeave, other, crowds);
    }

    /** The same with other topics and notes. */
    public WorkSettings withCrowds(CrowdSettings other) {
        return new WorkSettings(
                records, ttl, lookupsPerMinute, zipf, lookupTimeout, publishersLeave, publishing, other);
    }
}
