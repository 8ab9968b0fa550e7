package io.a2al.protocol.record;

import io.a2al.protocol.id.NodeId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A record whose signature and payload have been checked. Only {@link RecordVerifier} creates one, so that no code
 * needs to check it again (known-defects D-05). What depends on the time takes the time as an argument. Immutable and
 * thread-safe.
 */
public final class VerifiedRecord implements Comparable<VerifiedRecord> {

    /** How far a record's timestamp may lie in the future, in seconds, since clocks differ (wire.md 12). */
    public static final long CLOCK_TOLERANCE = 60;

    /** Validity of a record at a given time. */
    public enum Validity {
        /** The record is valid. */
        VALID,
        /** The record was made more than {@link #CLOCK_TOLERANCE} seconds after that time. */
        FUTURE,
        /** The record's time to live has passed. */
        EXPIRED
    }

    private final SignedRecord record;
    private final Authority authority;
    private final NodeId addressId;

    /** Null if the content names no key; a node keeps very many records, and an Optional would be an object more. */
    private final @Nullable NodeId contentKey;

    VerifiedRecord(SignedRecord record, Authority authority, NodeId addressId, Optional<NodeId> contentKey) {
        this.record = record;
        this.authority = authority;
        this.addressId = addressId;
        this.contentKey = contentKey.orElse(null);
    }

    /**
     * Returns the signed record. A self-signed record has no delegation field here, even if it was received with one
     * (known-defects D-54).
     */
    public SignedRecord record() {
        return record;
    }

    /** Returns how the signing key relates to the record's address. */
    public Authority authority() {
        return authority;
    }

    /** Returns the NodeID of the record's address. */
    public NodeId addressId() {
        return addressId;
    }

    /** Returns the DHT key that the content names: of the address, topic or recipient; nothing if it names none. */
    public Optional<NodeId> contentKey() {
        return Optional.ofNullable(contentKey);
    }

    /** Returns the category of the record's type. */
    public RecordCategory category() {
        return record.category();
    }

    /** Returns the record's validity at {@code now}, in Unix seconds (wire.md 12, steps 4 and 5). */
    public Validity validityAt(long now) {
        long timestamp = record.timestamp();
        if (Long.compareUnsigned(timestamp, now + CLOCK_TOLERANCE) > 0) {
            return Validity.FUTURE;
        }
        // The subtraction cannot wrap: it is done only if the timestamp is below now.
        boolean expired = Long.compareUnsigned(timestamp, now) < 0 && now - timestamp > record.ttl();
        return expired ? Validity.EXPIRED : Validity.VALID;
    }

    /** Returns true if the record is valid at {@code now}, in Unix seconds. */
    public boolean isValidAt(long now) {
        return validityAt(now) == Validity.VALID;
    }

    /** Returns the first second, in Unix time, at which the record has expired; unsigned, -1 if it would overflow. */
    public long expiresAfter() {
        long end = record.timestamp() + record.ttl() + 1;
        return Long.compareUnsigned(end, record.timestamp()) < 0 ? -1 : end;
    }

    /** Orders by the signed records, from which the authority follows. */
    @Override
    public int compareTo(VerifiedRecord other) {
        return record.compareTo(other.record);
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
