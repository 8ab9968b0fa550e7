package io.a2al.core.store;

import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.RecordPolicy;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.List;

/**
 * When a record ends: with its time to live, with the store's {@link Retention} (known-defects D-27), with the proof
 * that its key may speak for its address (D-44), or with the time that its origin allows, whichever is first. Times are
 * Unix seconds, unsigned. Immutable; thread-safe if the policy is.
 */
final class ExpiryRules {

    private final Retention retention;
    private final RecordPolicy policy;

    ExpiryRules(Retention retention, RecordPolicy policy) {
        this.retention = retention;
        this.policy = policy;
    }

    /** Returns whether the store's retention is over for a record, even if the record itself is valid for longer. */
    boolean isTooOld(VerifiedRecord record, long now) {
        return Long.compareUnsigned(now, retention.endOf(record)) >= 0;
    }

    /** Returns whether a record that is held may be shown: it has not ended, and the policy still allows it. */
    boolean mayShow(NodeId key, Held held, long now) {
        return held.record().isValidAt(now) && !hasEnded(held, now) && policy.allows(key, held.record(), now);
    }

    boolean hasEnded(Held held, long now) {
        return Long.compareUnsigned(now, endOf(held)) >= 0;
    }

    /** Returns the first second at which one of these records must not be held any longer; the last one if none. */
    long firstEnd(List<Held> records) {
        long first = -1;
        for (Held held : records) {
            first = first(first, endOf(held));
        }
        return first;
    }

    /** Returns the first second at which a record must not be held any longer. */
    private long endOf(Held held) {
        return first(first(retention.endOf(held.record()), policy.endOf(held.record())), held.until());
    }

    private static long first(long one, long other) {
        return Long.compareUnsigned(one, other) < 0 ? one : other;
    }
}
