package io.a2al.core.store;

import io.a2al.core.api.Origin;
import io.a2al.protocol.record.RecordSlot;
import io.a2al.protocol.record.VerifiedRecord;

/**
 * A record on a shelf. Immutable; thread-safe.
 *
 * @param number its number in the store, by which a {@link ChangeListener} knows it
 * @param origin where it came from
 * @param until the first second, in Unix time, at which it is not kept any longer because of its origin; unsigned
 */
record Held(long number, VerifiedRecord record, Origin origin, long until) {

    private static final long NO_LIMIT = -1;

    /** Returns by which rule it is merged, and which room is reserved for it. */
    RecordSlot.Group group() {
        return RecordSlot.Group.of(record.category());
    }

    /** A record that arrived at {@code now}. */
    static Held of(long number, VerifiedRecord record, Origin origin, Retention retention, long now) {
        return new Held(number, record, origin, origin.isProven() ? NO_LIMIT : now + retention.unverifiedSeconds());
    }
}
