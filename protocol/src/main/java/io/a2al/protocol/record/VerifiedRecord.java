package io.a2al.protocol.record;

import io.a2al.protocol.id.NodeId;
import java.util.Optional;

/**
 * A record whose signature and payload were checked. The only way to one is {@link RecordVerifier}, so that whoever
 * holds one need not check again (known-defects D-05); what depends on the time is asked for with the time. Immutable
 * and thread-safe.
 */
public final class VerifiedRecord {

    /** Clocks may differ by this much, in seconds (wire.md 12). */
    public static final long CLOCK_TOLERANCE = 60;

    /** Whether a record is valid at a time. */
    public enum Validity {
        /** It is. */
        VALID,
        /** It was made more than {@link #CLOCK_TOLERANCE} seconds after that time. */
        FUTURE,
        /** Its time to live has passed. */
        EXPIRED
    }

    private final SignedRecord record;
    private final Authority authority;
    private final NodeId addressId;
    private final Optional<NodeId> contentKey;

    VerifiedRecord(SignedRecord record, Authority authority, NodeId addressId, Optional<NodeId> contentKey) {
        this.record = record;
        this.authority = authority;
        this.addressId = addressId;
        this.contentKey = contentKey;
    }

    /** The record itself; a self-signed one has no delegation field, even if it came with one (known-defects D-54). */
    public SignedRecord record() {
        return record;
    }

    /** How the signing key relates to the record's address. */
    public Authority authority() {
        return authority;
    }

    /** The NodeID of the record's address. */
    public NodeId addressId() {
        return addressId;
    }

    /** The DHT key that the content names: the address's, the topic's or the recipient's; nothing if it names none. */
    public Optional<NodeId> contentKey() {
        return contentKey;
    }

    /** The category of the record's type. */
    public RecordCategory category() {
        return record.category();
    }

    /** Whether the record is valid at {@code now} in Unix seconds (wire.md 12, steps 4 and 5). */
    public Validity validityAt(long now) {
        long timestamp = record.timestamp();
        if (Long.compareUnsigned(timestamp, now + CLOCK_TOLERANCE) > 0) {
            return Validity.FUTURE;
        }
        // The timestamp is at most now + 60 here, so that the subtraction cannot wrap below zero.
        boolean expired = Long.compareUnsigned(timestamp, now) < 0 && now - timestamp > record.ttl();
        return expired ? Validity.EXPIRED : Validity.VALID;
    }

    /** True if the record is valid at {@code now} in Unix seconds. */
    public boolean isValidAt(long now) {
        return validityAt(now) == Validity.VALID;
    }

    /** The first second, in Unix time, at which the record is no longer valid; unsigned, saturating. */
    public long expiresAfter() {
        long end = record.timestamp() + record.ttl() + 1;
        return Long.compareUnsigned(end, record.timestamp()) < 0 ? -1 : end;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifiedRecord that && record.equals(that.record) && authority.equals(that.authority);
    }

    @Override
    public int hashCode() {
        return record.hashCode();
    }

    @Override
    public String toString() {
        return "Verified" + record;
    }
}
