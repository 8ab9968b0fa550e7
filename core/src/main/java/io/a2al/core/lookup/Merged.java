package io.a2al.core.lookup;

import io.a2al.protocol.record.RecordOrder;
import io.a2al.protocol.record.RecordSlot;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The newest record of each slot that a lookup found. Bounded, because each answer may bring further slots: slots
 * beyond the limit are ignored. Not thread-safe.
 */
final class Merged {

    /** Slots kept; more than all nearest nodes together hold at one key if they are honest. */
    static final int MAX_SLOTS = 2048;

    private final Map<RecordSlot, VerifiedRecord> bySlot = new LinkedHashMap<>();

    /** Adds records. Returns whether one of them took a free slot or replaced an older record. */
    boolean add(List<VerifiedRecord> records) {
        boolean news = false;
        for (VerifiedRecord offer : records) {
            RecordSlot slot = RecordSlot.of(offer.record());
            VerifiedRecord held = bySlot.get(slot);
            boolean wanted = held == null ? bySlot.size() < MAX_SLOTS : RecordOrder.TOTAL.compare(offer, held) > 0;
            if (wanted) {
                bySlot.put(slot, offer);
                news = true;
            }
        }
        return news;
    }

    /** Returns the newest record in the slot of {@code record}. */
    Optional<VerifiedRecord> sameSlot(VerifiedRecord record) {
        return Optional.ofNullable(bySlot.get(RecordSlot.of(record.record())));
    }

    /** Returns the records, newest first, in an order that depends on nothing else (known-defects D-51). */
    List<VerifiedRecord> newestFirst() {
        return bySlot.values().stream().sorted(RecordOrder.LISTING.reversed()).toList();
    }
}
