package io.a2al.core.store;

import io.a2al.core.bounds.NetworkLevel;
import io.a2al.protocol.record.RecordSlot.Group;

/**
 * How much a store keeps. The defaults are usual in the network (node.md section 14). Immutable; thread-safe.
 *
 * @param maxKeys distinct DHT keys
 * @param addressRecordsPerKey sovereign and unknown records at one key
 * @param topicRecordsPerKey topic entries at one key
 * @param mailboxRecordsPerKey sealed notes at one key
 * @param mailboxRecordsPerSender sealed notes of one signing key at one key
 * @param retention how long records are kept, whatever time to live they claim
 * @param quotas limits over all keys
 */
public record StoreLimits(
        int maxKeys,
        int addressRecordsPerKey,
        int topicRecordsPerKey,
        int mailboxRecordsPerKey,
        int mailboxRecordsPerSender,
        Retention retention,
        Quotas quotas) {

    /**
     * 100,000 keys; 8, 100 and 50 records per key; 4 notes per sender; a week, and 2 hours for topics and notes;
     * 200,000 records, at most 1,000 by one key and 20,000 from one site.
     */
    public static final StoreLimits DEFAULT =
            new StoreLimits(100_000, 8, 100, 50, 4, Retention.DEFAULT, new Quotas(200_000, 1_000, 20_000));

    /**
     * Limits over all keys, so that no identity and no network fills the store alone.
     *
     * @param records records altogether; a record has 1.2 kB at most
     * @param recordsPerIdentity records of one signing key
     * @param recordsPerNetwork records from one /24 or /48, or from all unverified addresses together; twice as many
     *     from a /40 and four times as many from a /16 or /32 ({@link NetworkLevel}), which leaves the larger half of
     *     the store to others; does not apply to loopback
     * @param reserved room that is kept for each group of records
     */
    public record Quotas(int records, int recordsPerIdentity, int recordsPerNetwork, Reserved reserved) {

        /** The same, with the usual room reserved. */
        public Quotas(int records, int recordsPerIdentity, int recordsPerNetwork) {
            this(records, recordsPerIdentity, recordsPerNetwork, Reserved.DEFAULT);
        }

        /** Checks that everything is positive. */
        public Quotas {
            if (records < 1 || recordsPerIdentity < 1 || recordsPerNetwork < 1) {
                throw new IllegalArgumentException("quotas of the store: " + records + " records, " + recordsPerIdentity
                        + " per identity, " + recordsPerNetwork + " per network; all must be positive");
            }
        }
    }

    /**
     * Shares of the keys and records of a store that no other group of records takes, each 0 to 1. A full store evicts
     * from the groups that have more than that first.
     *
     * @param address sovereign records and those of unknown types
     * @param topic topic entries
     * @param mailbox sealed notes
     */
    public record Reserved(double address, double topic, double mailbox) {

        /**
         * A quarter for address records, without which no agent is found, and of which each agent has one or two; an
         * eighth each for topics and notes, whose keys can be tried more quickly. The other half is for all.
         */
        public static final Reserved DEFAULT = new Reserved(0.25, 0.125, 0.125);

        /** Nothing is reserved. */
        public static final Reserved NOTHING = new Reserved(0, 0, 0);

        /** Checks that there is room for all. */
        public Reserved {
            if (!(address >= 0 && topic >= 0 && mailbox >= 0 && address + topic + mailbox <= 1)) {
                throw new IllegalArgumentException("room reserved in the store: " + address + ", " + topic + " and "
                        + mailbox + "; must not be negative, and no more than 1 together");
            }
        }

        /** Returns the share of a group. */
        double share(Group group) {
            return switch (group) {
                case ADDRESS -> address;
                case TOPIC -> topic;
                case MAILBOX -> mailbox;
            };
        }
    }

    /** Checks that everything is positive. */
    public StoreLimits {
        if (maxKeys < 1
                || addressRecordsPerKey < 1
                || topicRecordsPerKey < 1
                || mailboxRecordsPerKey < 1
                || mailboxRecordsPerSender < 1) {
            throw new IllegalArgumentException(
                    "limits of the store: " + maxKeys + " keys; records per key " + addressRecordsPerKey + ", "
                            + topicRecordsPerKey + " and " + mailboxRecordsPerKey + "; notes per sender "
                            + mailboxRecordsPerSender + "; all must be positive");
        }
    }

    /** Returns these limits with another number of keys. */
    public StoreLimits withMaxKeys(int keys) {
        return new StoreLimits(
                keys,
                addressRecordsPerKey,
                topicRecordsPerKey,
                mailboxRecordsPerKey,
                mailboxRecordsPerSender,
                retention,
                quotas);
    }

    /** Returns these limits with another retention. */
    public StoreLimits withRetention(Retention other) {
        return new StoreLimits(
                maxKeys,
                addressRecordsPerKey,
                topicRecordsPerKey,
                mailboxRecordsPerKey,
                mailboxRecordsPerSender,
                other,
                quotas);
    }

    /** Returns these limits with other limits over all keys. */
    public StoreLimits withQuotas(Quotas other) {
        return new StoreLimits(
                maxKeys,
                addressRecordsPerKey,
                topicRecordsPerKey,
                mailboxRecordsPerKey,
                mailboxRecordsPerSender,
                retention,
                other);
    }
}
