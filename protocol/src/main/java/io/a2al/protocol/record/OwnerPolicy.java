package io.a2al.protocol.record;

import io.a2al.protocol.delegation.DelegationProof;
import io.a2al.protocol.id.NodeId;

/**
 * Allows records signed by the key of the record's address or by a key that its owner delegated (node.md 15). Stateless
 * and thread-safe.
 *
 * @param bindsContent true if a record that names its DHT key may be stored only there (known-defects D-23)
 */
record OwnerPolicy(boolean bindsContent) implements RecordPolicy {

    private static final long NEVER = -1;

    @Override
    public boolean allows(NodeId key, VerifiedRecord record, long now) {
        return belongsAt(key, record) && isProven(record, now);
    }

    private boolean belongsAt(NodeId key, VerifiedRecord record) {
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

    /** Returns the end of the grace period of the record's delegation proof (known-defects D-44). */
    @Override
    public long endOf(VerifiedRecord record) {
        if (record.authority() instanceof Authority.Delegated(long ignored, long expiresAt) && expiresAt != 0) {
            long end = expiresAt + DelegationProof.EXPIRY_GRACE;
            return Long.compareUnsigned(end, expiresAt) < 0 ? NEVER : end;
        }
        return NEVER;
    }
}
