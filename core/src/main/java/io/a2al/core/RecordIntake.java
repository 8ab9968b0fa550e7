package io.a2al.core;

import io.a2al.core.guard.Origin;
import io.a2al.core.store.PutResult;
import io.a2al.core.store.RecordStore;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.Optional;

/**
 * The way of every record into our own store, whoever it comes from: what is new there is told to subscribers and to
 * listeners of our own. Not thread-safe.
 */
final class RecordIntake {

    private final RecordStore store;
    private final PushService pushes;
    private final ListenService listeners;

    RecordIntake(RecordStore store, PushService pushes, ListenService listeners) {
        this.store = store;
        this.pushes = pushes;
        this.listeners = listeners;
    }

    /**
     * Offers a record to the store.
     *
     * @param key the zero key stands for the NodeID of the record's address
     * @param origin who answers for it
     * @param from who brings it; nothing if we ourselves do
     */
    PutResult put(Moment now, NodeId key, VerifiedRecord offer, Origin origin, Optional<NodeId> from) {
        PutResult result = store.put(key, offer, origin, now.unixSeconds());
        if (result == PutResult.STORED) {
            // Subscriptions are for the key that is meant, also when none was given (known-defects D-47).
            NodeId at = key.isZero() ? offer.addressId() : key;
            pushes.stored(now, at, offer, from);
            listeners.stored(at, offer);
        }
        return result;
    }
}
