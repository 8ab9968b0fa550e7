package io.a2al.core.store;

import io.a2al.core.api.StoredRecord;
import io.a2al.protocol.id.NodeId;
import java.util.ArrayList;
import java.util.List;

/** Tells listeners which records came and which went. Costs nothing without listeners. Not thread-safe. */
final class StoreChanges {

    /** No record's number. */
    static final long NO_NUMBER = Long.MAX_VALUE;

    private final List<ChangeListener> listeners = new ArrayList<>();

    void subscribe(ChangeListener listener) {
        listeners.add(listener);
    }

    /**
     * Raises what changes at a key.
     *
     * @param restored the number of a record that the listeners know already, or {@link #NO_NUMBER}
     */
    void raise(NodeId key, List<Held> before, List<Held> after, long restored) {
        if (listeners.isEmpty()) {
            return;
        }
        int next = 0;
        for (Held held : before) {
            int found = indexOf(after, held.number(), next);
            if (found < 0) {
                listeners.forEach(listener -> listener.onRemoved(held.number()));
            } else {
                next = found + 1;
            }
        }
        next = 0;
        for (Held held : after) {
            int found = indexOf(before, held.number(), next);
            next = found < 0 ? next : found + 1;
            if (found < 0 && held.number() != restored) {
                StoredRecord kept = new StoredRecord(key, held.record(), held.origin());
                listeners.forEach(listener -> listener.onKept(held.number(), kept));
            }
        }
    }

    /** Returns where the record of a number is, or -1; looks from {@code from} on first, as most keep their order. */
    static int indexOf(List<Held> records, long number, int from) {
        int size = records.size();
        for (int i = 0; i < size; i++) {
            int at = (from + i) % size;
            if (records.get(at).number() == number) {
                return at;
            }
        }
        return -1;
    }
}
