package io.a2al.protocol.record;

import java.util.Comparator;

/**
 * Decides which of two records of one slot is newer (wire.md 13). The issue time of a delegation counts only if the
 * proof is valid for the record: the record's signature does not cover the delegation field, so any node can replace it
 * (known-defects D-54). Stateless and thread-safe.
 */
public final class RecordOrder {

    /** Orders by issue time of the delegation, sequence number and timestamp, all unsigned; older first. */
    public static final Comparator<VerifiedRecord> BY_AGE = RecordOrder::compareAge;

    /** Orders like {@link #BY_AGE}, and full ties by the signature bytes, so that all readers choose alike (D-51). */
    public static final Comparator<VerifiedRecord> TOTAL =
            BY_AGE.thenComparing(verified -> verified.record().signature());

    /**
     * Orders records of different slots for listing: by sequence number, timestamp, public key and signature, all
     * unsigned; older first (D-51).
     */
    public static final Comparator<VerifiedRecord> LISTING = Comparator.<VerifiedRecord>comparingLong(
                    verified -> verified.record().sequence() + Long.MIN_VALUE)
            .thenComparingLong(verified -> verified.record().timestamp() + Long.MIN_VALUE)
            .thenComparing(verified -> verified.record().publicKey())
            .thenComparing(verified -> verified.record().signature());

    private RecordOrder() {}

    /** Returns true if {@code a} is strictly newer than {@code b}. */
    public static boolean isNewer(VerifiedRecord a, VerifiedRecord b) {
        return compareAge(a, b) > 0;
    }

    private static int compareAge(VerifiedRecord a, VerifiedRecord b) {
        int order = Long.compareUnsigned(issuedAt(a), issuedAt(b));
        if (order == 0) {
            order = Long.compareUnsigned(a.record().sequence(), b.record().sequence());
        }
        if (order == 0) {
            order = Long.compareUnsigned(a.record().timestamp(), b.record().timestamp());
        }
        return order;
    }

    private static long issuedAt(VerifiedRecord verified) {
        return verified.authority() instanceof Authority.Delegated(long issuedAt, long ignored) ? issuedAt : 0;
    }
}
