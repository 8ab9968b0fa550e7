package io.a2al.protocol.record;

import io.a2al.protocol.id.NodeId;

/**
 * Decides whether a verified record may be stored at a DHT key. The store asks its policy when a record arrives and
 * each time it is read; every reader asks its own policy again. Implementations must be fast and thread-safe, and the
 * result must depend on the arguments alone.
 *
 * <p>A custom policy usually extends the standard one:
 *
 * <pre>{@code
 * RecordPolicy standard = RecordPolicy.standard();
 * RecordPolicy members = standard.and((key, record, now) -> isMember(record.record().address()));
 * }</pre>
 */
@FunctionalInterface
public interface RecordPolicy {

    /** Returns true if {@code record} may be stored at {@code key} at {@code now}, in Unix seconds. */
    boolean allows(NodeId key, VerifiedRecord record, long now);

    /**
     * Returns the first second, in Unix time, at which a record that was allowed before no longer is, as far as the
     * record itself determines it. A store may drop the record then. Unsigned; -1, the largest value, if there is no
     * such time.
     */
    default long endOf(VerifiedRecord record) {
        return -1;
    }

    /** Returns a policy that allows what both policies allow. */
    default RecordPolicy and(RecordPolicy other) {
        RecordPolicy first = this;
        return new RecordPolicy() {
            @Override
            public boolean allows(NodeId key, VerifiedRecord record, long now) {
                return first.allows(key, record, now) && other.allows(key, record, now);
            }

            @Override
            public long endOf(VerifiedRecord record) {
                long end = first.endOf(record);
                long otherEnd = other.endOf(record);
                return Long.compareUnsigned(end, otherEnd) < 0 ? end : otherEnd;
            }
        };
    }

    /** Returns a policy that allows every record with a valid signature; for tests and closed networks. */
    static RecordPolicy acceptAll() {
        return (key, record, now) -> true;
    }

    /**
     * Returns a policy that allows records signed by the key of the record's address or by a key that its owner
     * delegated (node.md 15), and sovereign records only at the NodeID of their address. A delegation proof counts from
     * one minute before it was issued until one minute after it expires. Topic entries and notes may be stored at any
     * key, as in the older protocol version.
     */
    static RecordPolicy ownerOnly() {
        return new OwnerPolicy(false);
    }

    /**
     * Returns the default policy of nodes: like {@link #ownerOnly()}, but a record that names its DHT key may be stored
     * only there: a topic entry at its topic, a note at its recipient (known-defects D-22 and D-23).
     */
    static RecordPolicy standard() {
        return new OwnerPolicy(true);
    }
}
