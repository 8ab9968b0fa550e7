package io.a2al.core.lookup;

import io.a2al.core.api.Origin;
import io.a2al.core.rpc.ReplyHandler;
import io.a2al.core.rpc.Requests;
import io.a2al.core.rpc.StoreMessages;
import io.a2al.core.store.RecordIntake;
import io.a2al.core.store.RecordStore;
import io.a2al.core.time.NodeTime;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.record.RecordOrder;
import io.a2al.protocol.record.RecordSlot;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.List;
import java.util.Optional;

/**
 * Brings holders of old versions up to date after a lookup has found a newer one (known-defects D-16), with a plain
 * STORE as a publisher would send it, and updates our own store likewise. Nodes that hold no version get none: placing
 * records is the publisher's task. A lookup leads to a few STOREs at most, and lets only records pass that the policy
 * allows. Not thread-safe.
 */
public final class ReadRepair {

    private final int maxPerLookup;
    private final RecordStore store;
    private final RecordIntake intake;
    private final Requests requests;
    private long sent;

    public ReadRepair(int maxPerLookup, RecordStore store, RecordIntake intake, Requests requests) {
        this.maxPerLookup = maxPerLookup;
        this.store = store;
        this.intake = intake;
        this.requests = requests;
    }

    /** Sends the newest versions that {@code found} has to the holders of older ones. */
    public void bringUpToDate(NodeTime now, NodeId key, FindRecord found) {
        found.records().forEach(newest -> updateOwnCopy(now, key, newest));
        List<Outdated> outdated = found.outdated();
        for (Outdated holder : outdated.subList(0, Math.min(outdated.size(), maxPerLookup))) {
            Message offer = StoreMessages.of(key, holder.newest());
            sent += requests.ask(now, holder.node(), offer, ReplyHandler.INDIFFERENT) ? 1 : 0;
        }
    }

    private void updateOwnCopy(NodeTime now, NodeId key, VerifiedRecord newest) {
        boolean haveOlder = store.peekAll(key, newest.record().type(), now.unixSeconds()).stream()
                .anyMatch(held -> RecordSlot.of(held.record()).equals(RecordSlot.of(newest.record()))
                        && RecordOrder.isNewer(newest, held));
        if (haveOlder) {
            // It is unknown which node would have sent it.
            intake.put(now, key, newest, Origin.UNPROVEN, Optional.empty());
        }
    }

    /** Returns how many STOREs were sent since the start. */
    public long sent() {
        return sent;
    }
}
