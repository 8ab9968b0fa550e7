package io.a2al.protocol.record;

import java.util.Comparator;

/**
 * Which of two records of one slot is newer (wire.md 13). The time of a delegation counts only if its proof holds for
 * the record; the bytes of the field alone mean nothing, since anybody can exchange them (known-defects D-54).
 */
public final class RecordOrder {

    /** By issue time of the delegation, sequence number and timestamp, all unsigned; older first. */
    public static final Comparator<VerifiedRecord> BY_AGE = RecordOrder::compareAge;

    /** {@link #BY_AGE}; a full tie is decided by the signature bytes, so that all readers choose alike (D-51). */
    public static final Comparator<VerifiedRecord> TOTAL =
            BY_AGE.thenComparing(verified -> verified.record().signature());

    /**
     * The order in which records of different slots are listed: by sequence number, timestamp and public key, all
     * unsigned, and by signature where even these are equal; older first (D-51).
     */
    public static final Comparator<VerifiedRecord> LISTING = Comparator.<VerifiedRecord>comparingLong(
                    verified -> verified.record().sequence() + Long.MIN_VALUE)
            .thenComparingLong(verified -> verified.record().timestamp() + Long.MIN_VALUE)
            .thenComparing(verified -> verified.record().publicKey())
            .thenComparing(verified -> verified.record().signature());

    private RecordOrder() {}

    /** True if {@code a} is strictly newer than {@code b}. */
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
