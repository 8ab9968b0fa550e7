package io.a2al.protocol.record;

import io.a2al.protocol.id.NodeId;

/**
 * Decides whether a verified record may live at a DHT key. Asked by the store when a record comes and whenever it is
 * read, and again by every reader; must be quick, thread-safe and depend on its arguments alone.
 *
 * <p>A policy of one's own usually adds to the standard one:
 *
 * <pre>{@code
 * RecordPolicy standard = RecordPolicy.standard();
 * RecordPolicy members = standard.and((key, record, now) -> isMember(record.record().address()));
 * }</pre>
 */
@FunctionalInterface
public interface RecordPolicy {

    /** True if {@code record} may live at {@code key} at {@code now} in Unix seconds. */
    boolean allows(NodeId key, VerifiedRecord record, long now);

    /**
     * The first second, in Unix time, at which a record that was allowed before no longer is, as far as the record
     * itself tells: a store need not keep it any longer. Unsigned; -1, the largest, if it tells of none.
     */
    default long endOf(VerifiedRecord record) {
        return -1;
    }

    /** What both policies allow. */
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

    /** No demand beyond a valid signature; for tests and closed networks. */
    static RecordPolicy acceptAll() {
        return (key, record, now) -> true;
    }

    /**
     * Only keys that own the record's address, or were delegated by its owner, may speak for it (node.md 15), and
     * sovereign records live at their address. A proof counts from a minute before it was issued to a minute after it
     * expires. Topic entries and mail may live at any key, as the older generation has it.
     */
    static RecordPolicy ownerOnly() {
        return new OwnerPolicy(false);
    }

    /**
     * {@link #ownerOnly()}, and a record that names its key may live nowhere else: a topic entry at its topic, a sealed
     * note at its recipient (known-defects D-22 and D-23). What nodes use unless they are told otherwise.
     */
    static RecordPolicy standard() {
        return new OwnerPolicy(true);
    }
}
