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
    void raise(NodeId key, ShelfChange change, long restored) {
        if (listeners.isEmpty()) {
            return;
        }
        for (Held held : change.gone()) {
            listeners.forEach(listener -> listener.onRemoved(held.number()));
        }
        for (Held held : change.come()) {
            if (held.number() != restored) {
                StoredRecord kept = new StoredRecord(key, held.record(), held.origin());
                listeners.forEach(listener -> listener.onKept(held.number(), kept));
            }
        }
    }
}
