package io.a2al.core.republish;

import io.a2al.core.api.StoredRecord;
import io.a2al.core.store.RecordStore;
import io.a2al.core.time.NodeTime;
import java.util.HashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/**
 * Takes records that were stored before, here or elsewhere. They are republished; subscribers and listeners are not
 * told. Not thread-safe.
 */
public final class RestoredRecords {

    private final RecordStore store;
    private final RepublisherRunner republisher;

    public RestoredRecords(RecordStore store, RepublisherRunner republisher) {
        this.store = store;
        this.republisher = republisher;
    }

    /**
     * Takes back records that the store held before a restart.
     *
     * @param records by their numbers of that time, which are negative
     * @return the numbers of those that the store holds now
     */
    public Set<Long> takeBack(NodeTime now, SequencedMap<Long, StoredRecord> records) {
        Set<Long> held = new HashSet<>();
        records.forEach((number, stored) -> {
            if (store.restore(number, stored, now.unixSeconds())) {
                held.add(number);
                republisher.onRestored(now, stored.key(), stored.record());
            }
        });
        return held;
    }

    /** Takes records that another store held. Returns how many are held now. */
    public int adopt(NodeTime now, List<StoredRecord> records) {
        int held = 0;
        for (StoredRecord stored : records) {
            if (store.put(stored.key(), stored.record(), stored.origin(), now.unixSeconds())
                    .isHeld()) {
                held++;
                republisher.onRestored(now, stored.key(), stored.record());
            }
        }
        return held;
    }
}
