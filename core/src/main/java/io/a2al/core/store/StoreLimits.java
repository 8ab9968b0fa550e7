package io.a2al.core.store;

/**
 * How much a store keeps. The defaults are the network's customary ones (node.md section 14). Immutable; thread-safe.
 *
 * @param maxKeys distinct DHT keys
 * @param addressRecordsPerKey sovereign and unknown records at one key
 * @param topicRecordsPerKey topic entries at one key
 * @param mailboxRecordsPerKey sealed notes at one key
 * @param mailboxRecordsPerSender sealed notes of one signing key at one key
 * @param retention how long records are kept, whatever time to live they claim
 */
public record StoreLimits(
        int maxKeys,
        int addressRecordsPerKey,
        int topicRecordsPerKey,
        int mailboxRecordsPerKey,
        int mailboxRecordsPerSender,
        Retention retention) {

    /** 100,000 keys; 8, 100 and 50 records per key; 4 notes per sender; a day, and 2 hours for topics and notes. */
    public static final StoreLimits DEFAULT = new StoreLimits(100_000, 8, 100, 50, 4, Retention.DEFAULT);

    /** Checks that everything is positive. */
    public StoreLimits {
        if (maxKeys < 1
                || addressRecordsPerKey < 1
                || topicRecordsPerKey < 1
                || mailboxRecordsPerKey < 1
                || mailboxRecordsPerSender < 1) {
            throw new IllegalArgumentException("store limits must be positive");
        }
    }

    /** The same with another number of keys. */
    public StoreLimits withMaxKeys(int keys) {
        return new StoreLimits(
                keys,
                addressRecordsPerKey,
                topicRecordsPerKey,
                mailboxRecordsPerKey,
                mailboxRecordsPerSender,
                retention);
    }

    /** The same with another retention. */
    public StoreLimits withRetention(Retention other) {
        return new StoreLimits(
                maxKeys,
                addressRecordsPerKey,
                topicRecordsPerKey,
                mailboxRecordsPerKey,
                mailboxRecordsPerSender,
                other);
    }
}
