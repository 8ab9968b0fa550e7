package io.a2al.sim.work;

import java.time.Duration;

/**
 * Settings of the records that agents publish. Immutable; thread-safe.
 *
 * @param records number of records, each published by its own agent
 * @param ttl time to live of each record, in whole seconds; a record is renewed after half of it
 * @param spread time within which all first publications begin, each at a random time
 * @param publishersLeave true to switch off all publishing nodes for good when lookups begin
 */
public record Publishing(int records, Duration ttl, Duration spread, boolean publishersLeave) {

    private static final int MAX_RECORDS = 1_000_000;

    /** Largest time to live in a record, which has 32 bits. */
    private static final long MAX_TTL_SECONDS = 0xffff_ffffL;

    /**
     * Validates the ranges.
     *
     * @throws IllegalArgumentException naming the value that is out of range
     */
    public Publishing {
        if (records < 0 || records > MAX_RECORDS) {
            throw new IllegalArgumentException("records: " + records + "; must be 0 to " + MAX_RECORDS);
        }
        if (ttl.toSeconds() < 1 || ttl.toSeconds() > MAX_TTL_SECONDS) {
            throw new IllegalArgumentException(
                    "time to live: " + ttl.toSeconds() + " s; must be 1 to " + MAX_TTL_SECONDS + " s");
        }
    }

    /** Returns these settings with another number of records. */
    public Publishing withRecords(int other) {
        return new Publishing(other, ttl, spread, publishersLeave);
    }

    /** Returns these settings with another time to live. */
    public Publishing withTtl(Duration other) {
        return new Publishing(records, other, spread, publishersLeave);
    }

    /** Returns these settings with publishers that leave, or stay. */
    public Publishing withPublishersLeave(boolean other) {
        return new Publishing(records, ttl, spread, other);
    }
}
