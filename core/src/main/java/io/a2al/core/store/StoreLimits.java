package io.a2al.core.store;

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
     * 200,000 records, at most 1,000 by one key and 20,000 from one network.
     */
    public static final StoreLimits DEFAULT =
            new StoreLimits(100_000, 8, 100, 50, 4, Retention.DEFAULT, new Quotas(200_000, 1_000, 20_000));

    /**
     * Limits over all keys, so that no identity and no network fills the store alone.
     *
     * @param records records altogether; a record has 1.2 kB at most
     * @param recordsPerIdentity records of one signing key
     * @param recordsPerNetwork records from one /24 or /48, or from all unverified addresses together; does not apply
     *     to loopback
     */
    public record Quotas(int records, int recordsPerIdentity, int recordsPerNetwork) {

        /** Checks that everything is positive. */
        public Quotas {
            if (records < 1 || recordsPerIdentity < 1 || recordsPerNetwork < 1) {
                throw new IllegalArgumentException("quotas of the store: " + records + " records, " + recordsPerIdentity
                        + " per identity, " + recordsPerNetwork + " per network; all must be positive");
            }
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
