package io.a2al.core.store;

import io.a2al.core.api.Origin;
import io.a2al.core.api.PutResult;
import io.a2al.core.time.NodeTime;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The only door into our own store: offers records to it and raises {@link RecordListener} events for what it holds
 * then. Not thread-safe.
 */
public final class RecordIntake {

    private final RecordStore store;
    private final List<RecordListener> listeners = new ArrayList<>();

    /** A door that no listener watches yet. */
    public RecordIntake(RecordStore store) {
        this.store = store;
    }

    /** Subscribes to stored records; listeners are called in the order in which they subscribed. */
    public void subscribe(RecordListener listener) {
        listeners.add(listener);
    }

    /**
     * Offers a record to the store.
     *
     * @param key the zero key stands for the NodeID of the record's address
     * @param origin who answers for it
     * @param from the node that sent it; empty if it is from this node
     */
    public PutResult put(NodeTime now, NodeId key, VerifiedRecord offer, Origin origin, Optional<NodeId> from) {
        // Subscriptions are for the key that is meant, also when none was given (known-defects D-47).
        NodeId at = RecordStore.keyOf(key, offer);
        PutResult result = store.put(at, offer, origin, now.unixSeconds());
        if (result == PutResult.STORED) {
            listeners.forEach(listener -> listener.onStored(now, at, offer, from, true));
        } else if (result == PutResult.STALE && isHeld(now, at, offer)) {
            listeners.forEach(listener -> listener.onStored(now, at, offer, from, false));
        }
        return result;
    }

    /** True if just this record is held, and not a newer one. */
    public boolean isHeld(NodeTime now, NodeId key, VerifiedRecord offer) {
        return store.peekAll(key, offer.record().type(), now.unixSeconds()).contains(offer);
    }
}
