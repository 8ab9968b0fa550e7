package io.a2al.protocol.record;

import io.a2al.protocol.delegation.DelegationProof;
import io.a2al.protocol.id.NodeId;

/**
 * Only keys that own the record's address, or were delegated by its owner, may speak for it (node.md 15).
 *
 * @param bindsContent true if a record that names its key may live nowhere else (known-defects D-23)
 */
record OwnerPolicy(boolean bindsContent) implements RecordPolicy {

    private static final long NEVER = -1;

    @Override
    public boolean allows(NodeId key, VerifiedRecord record, long now) {
        return livesAt(key, record) && isProven(record, now);
    }

    private boolean livesAt(NodeId key, VerifiedRecord record) {
        if (bindsContent && record.contentKey().isPresent()) {
            return record.contentKey().get().equals(key);
        }
        return record.category() != RecordCategory.SOVEREIGN || key.equals(record.addressId());
    }

    private boolean isProven(VerifiedRecord record, long now) {
        return switch (record.authority()) {
            case Authority.SelfSigned() -> true;
            case Authority.Delegated(long issuedAt, long ignored) ->
                Long.compareUnsigned(issuedAt, now + VerifiedRecord.CLOCK_TOLERANCE) <= 0
                        && Long.compareUnsigned(now, endOf(record)) < 0;
            case Authority.Unproven() -> false;
        };
    }

    /** When the grace of the record's proof is over (known-defects D-44). */
    @Override
    public long endOf(VerifiedRecord record) {
        if (record.authority() instanceof Authority.Delegated(long ignored, long expiresAt) && expiresAt != 0) {
            long end = expiresAt + DelegationProof.EXPIRY_GRACE;
            return Long.compareUnsigned(end, expiresAt) < 0 ? NEVER : end;
        }
        return NEVER;
    }
}
