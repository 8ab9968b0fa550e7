package io.a2al.core.store;

import io.a2al.protocol.record.RecordCategory;
import io.a2al.protocol.record.VerifiedRecord;

/**
 * How long a store keeps a record at most, whatever time to live it claims, in seconds from the record's own timestamp:
 * a claim of 136 years must not occupy a place for as long (known-defects D-27). Counted from the timestamp and not
 * from the arrival, so that storing an old record again does not prolong it. The record itself is not altered, and
 * readers go by its own time to live. Immutable; thread-safe.
 *
 * @param addressSeconds for sovereign records and those of unknown types
 * @param topicSeconds for entries under a topic
 * @param mailboxSeconds for sealed notes, and for all that comes from unverified addresses
 */
public record Retention(long addressSeconds, long topicSeconds, long mailboxSeconds) {

    private static final long LONGEST_TTL = 0xffff_ffffL;

    /** A week; 2 hours; 2 hours; at least twice what publishers usually claim (wire.md 10.2). */
    public static final Retention DEFAULT = new Retention(604_800, 7_200, 7_200);

    /** Records are kept for as long as they claim. */
    public static final Retention AS_CLAIMED = new Retention(LONGEST_TTL, LONGEST_TTL, LONGEST_TTL);

    /** Checks that everything is positive. */
    public Retention {
        if (addressSeconds < 1 || topicSeconds < 1 || mailboxSeconds < 1) {
            throw new IllegalArgumentException("retention: " + addressSeconds + ", " + topicSeconds + " and "
                    + mailboxSeconds + " seconds; each must be at least one second");
        }
    }

    /** Returns how long records of a category are kept, in seconds from their timestamp. */
    public long limit(RecordCategory category) {
        return switch (category) {
            case SOVEREIGN, UNKNOWN -> addressSeconds;
            case TOPIC -> topicSeconds;
            case MAILBOX -> mailboxSeconds;
        };
    }

    /**
     * Returns how long what comes from an unverified address is kept, in seconds from its arrival: forged records fill
     * their part of the store for a while only.
     */
    long unverifiedSeconds() {
        return mailboxSeconds;
    }

    /** Returns the first second, in Unix time, at which {@code record} is not kept any longer; unsigned, saturating. */
    long endOf(VerifiedRecord record) {
        long timestamp = record.record().timestamp();
        long end = timestamp + Math.min(record.record().ttl(), limit(record.category())) + 1;
        return Long.compareUnsigned(end, timestamp) < 0 ? -1 : end;
    }
}
