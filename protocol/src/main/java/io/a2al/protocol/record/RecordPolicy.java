package io.a2al.protocol.record;

import io.a2al.protocol.id.NodeId;

/**
 * Decides whether a verified record may live at a DHT key. Asked by the store and again by every reader; must be quick,
 * thread-safe and depend on its arguments alone.
 */
@FunctionalInterface
public interface RecordPolicy {

    /** True if {@code record} may live at {@code key} at {@code now} in Unix seconds. */
    boolean allows(NodeId key, VerifiedRecord record, long now);

    /** No demand beyond a valid signature; for tests and closed networks. */
    static RecordPolicy acceptAll() {
        return (key, record, now) -> true;
    }

    /**
     * Only keys that own the record's address, or were delegated by its owner, may speak for it (node.md 15). A proof
     * counts from a minute before it was issued to a minute after it expires.
     */
    static RecordPolicy ownerOnly() {
        return (key, record, now) -> (record.category() != RecordCategory.SOVEREIGN || key.equals(record.addressId()))
                && switch (record.authority()) {
                    case Authority.SelfSigned() -> true;
                    case Authority.Delegated(long issuedAt, long expiresAt) ->
                        Long.compareUnsigned(issuedAt, now + VerifiedRecord.CLOCK_TOLERANCE) <= 0
                                && (expiresAt == 0
                                        || Long.compareUnsigned(
                                                        Math.max(0, now - VerifiedRecord.CLOCK_TOLERANCE), expiresAt)
                                                < 0);
                    case Authority.Unproven() -> false;
                };
    }

    /** {@link #ownerOnly()}, and a record that names its key may live nowhere else (known-defects D-22 and D-23). */
    static RecordPolicy standard() {
        RecordPolicy owner = ownerOnly();
        return (key, record, now) ->
                record.contentKey().map(key::equals).orElse(true) && owner.allows(key, record, now);
    }
}
