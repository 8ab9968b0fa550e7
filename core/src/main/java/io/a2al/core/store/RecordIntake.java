package io.a2al.core.store;

import io.a2al.core.api.PutResult;
import io.a2al.core.guard.Origin;
import io.a2al.core.push.ListenService;
import io.a2al.core.push.PushService;
import io.a2al.core.time.NodeTime;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.Optional;

/**
 * The way of every record into our own store, whoever it comes from: what is new there is told to subscribers and to
 * listeners of our own, and whatever comes to those who look after it. Not thread-safe.
 */
public final class RecordIntake {

    /** Is told whenever somebody stores a record that is held then, new or not. */
    @FunctionalInterface
    public interface Keeper {
        void onStored(NodeTime now, NodeId key, VerifiedRecord record);
    }

    private final RecordStore store;
    private final PushService pushes;
    private final ListenService listeners;
    private Keeper keeper = (now, key, record) -> {};

    public RecordIntake(RecordStore store, PushService pushes, ListenService listeners) {
        this.store = store;
        this.pushes = pushes;
        this.listeners = listeners;
    }

    /** Who looks after records. */
    public void tell(Keeper whom) {
        keeper = whom;
    }

    /**
     * Offers a record to the store.
     *
     * @param key the zero key stands for the NodeID of the record's address
     * @param origin who answers for it
     * @param from who brings it; nothing if we ourselves do
     */
    public PutResult put(NodeTime now, NodeId key, VerifiedRecord offer, Origin origin, Optional<NodeId> from) {
        // Subscriptions are for the key that is meant, also when none was given (known-defects D-47).
        NodeId at = key.isZero() ? offer.addressId() : key;
        PutResult result = store.put(at, offer, origin, now.unixSeconds());
        if (result == PutResult.STORED) {
            pushes.stored(now, at, offer, from);
            listeners.stored(at, offer);
            keeper.onStored(now, at, offer);
        } else if (result == PutResult.STALE && isHeld(now, at, offer)) {
            keeper.onStored(now, at, offer);
        }
        return result;
    }

    /** True if just this record is held, and not a newer one. */
    public boolean isHeld(NodeTime now, NodeId key, VerifiedRecord offer) {
        return store.peekAll(key, offer.record().type(), now.unixSeconds()).contains(offer);
    }
}
