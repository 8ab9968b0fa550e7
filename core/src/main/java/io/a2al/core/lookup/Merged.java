package io.a2al.core.lookup;

import io.a2al.protocol.record.RecordOrder;
import io.a2al.protocol.record.RecordSlot;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The newest record of each slot. Bounded, because every one of the answers may bring others: what comes after the
 * limit is left out. Not thread-safe.
 */
final class Merged {

    /** More than all nearest nodes together can hold at one key for honest reasons. */
    static final int MAX_SLOTS = 2048;

    private final Map<RecordSlot, VerifiedRecord> bySlot = new LinkedHashMap<>();

    /** True if one of the records takes a slot that was free, or replaces an older one. */
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

    /** What there is of the slot of {@code record}. */
    Optional<VerifiedRecord> sameSlot(VerifiedRecord record) {
        return Optional.ofNullable(bySlot.get(RecordSlot.of(record.record())));
    }

    /** Newest first, in an order that depends on nothing else (known-defects D-51). */
    List<VerifiedRecord> newestFirst() {
        return bySlot.values().stream().sorted(RecordOrder.LISTING.reversed()).toList();
    }
}
