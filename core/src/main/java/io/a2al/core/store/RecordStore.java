package io.a2al.core.store;

import io.a2al.core.bounds.Occupancy;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.RecordOrder;
import io.a2al.protocol.record.RecordPolicy;
import io.a2al.protocol.record.RecordSlot;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.TreeMap;

/**
 * Verified records by DHT key (node.md section 14). Hazards and the answers to them:
 *
 * <ul>
 *   <li><b>Reads that verify.</b> Only {@link VerifiedRecord}s come in, so that reads just compare times (D-05).
 *   <li><b>Eviction by scan.</b> Keys are kept in order of use; what a remote peer reads does not count as use, or it
 *       could keep its own keys alive for ever (D-24).
 *   <li><b>Expired ballast.</b> Every key stands in the calendar under the minute in which its first record ends;
 *       {@link #sweep} visits only what is due (D-25). A record ends with its time to live, with the store's
 *       {@link Retention} (D-27) or with the proof that its key may speak for its address (D-44), whichever is first.
 *   <li><b>Bad proofs.</b> Only what the policy allows is compared with what a slot holds, on both sides, so that a record
 *       without a proof in force neither replaces nor keeps out a good one (D-54).
 * </ul>
 *
 * Times are Unix seconds. Not thread-safe.
 */
public final class RecordStore {

    private static final long CALENDAR_STEP = 60;

    /** The records of one key, in stored order, never empty. */
    private static final class Shelf {
        private List<VerifiedRecord> records = new ArrayList<>(1);
        private long calendarPage;
        private int nextToServe;
    }

    private final StoreLimits limits;
    private final RecordPolicy policy;
    private final MergePolicy addressMerge;
    private final MergePolicy topicMerge;
    private final MergePolicy mailboxMerge;

    /** Least recently used key first. */
    private final SequencedMap<NodeId, Shelf> shelves = new LinkedHashMap<>();

    /** Page number (minute of first expiry) to the keys on it. */
    private final TreeMap<Long, SequencedSet<NodeId>> calendar = new TreeMap<>(Long::compareUnsigned);

    private int maxKeys;
    private int records;

    /** An empty store. */
    public RecordStore(StoreLimits limits, RecordPolicy policy) {
        this.limits = limits;
        this.policy = policy;
        this.maxKeys = limits.maxKeys();
        this.addressMerge = new AddressMerge(limits.addressRecordsPerKey());
        this.topicMerge = new TopicMerge(limits.topicRecordsPerKey());
        this.mailboxMerge = new MailboxMerge(limits.mailboxRecordsPerKey(), limits.mailboxRecordsPerSender());
    }

    /**
     * Offers a record for {@code key}, where the zero key stands for the NodeID of the record's address. A new record that
     * is over the limit of its key may be dropped at once; that still counts as stored.
     */
    public PutResult put(NodeId key, VerifiedRecord offer, long now) {
        switch (offer.validityAt(now)) {
            case FUTURE -> {
                return PutResult.FUTURE;
            }
            case EXPIRED -> {
                return PutResult.EXPIRED;
            }
            case VALID -> {}
        }
        NodeId at = key.isZero() ? offer.addressId() : key;
        if (offer.category().isKeyedByAddress() && !at.equals(offer.addressId())) {
            return PutResult.KEY_MISMATCH;
        }
        if (!policy.allows(at, offer, now)) {
            return PutResult.UNAUTHORIZED;
        }
        if (Long.compareUnsigned(now, limits.retention().endOf(offer)) >= 0) {
            return PutResult.TOO_OLD;
        }
        return merge(at, offer, now);
    }

    private PutResult merge(NodeId key, VerifiedRecord offer, long now) {
        RecordSlot slot = RecordSlot.of(offer.record());
        List<VerifiedRecord> others = new ArrayList<>();
        List<VerifiedRecord> group = new ArrayList<>();
        Shelf shelf = shelves.get(key);
        if (shelf != null) {
            for (VerifiedRecord held : shelf.records) {
                if (!isGood(key, held, now)) {
                    continue;
                }
                RecordSlot heldSlot = RecordSlot.of(held.record());
                if (heldSlot.equals(slot)) {
                    if (!RecordOrder.isNewer(offer, held)) {
                        return PutResult.STALE;
                    }
                } else if (heldSlot.group() == slot.group()) {
                    group.add(held);
                } else {
                    others.add(held);
                }
            }
        }
        group.add(offer);
        mergePolicyOf(slot).trim(group);
        others.addAll(group);
        keep(key, others);
        markUsed(key);
        evict();
        return PutResult.STORED;
    }

    private void evict() {
        while (shelves.size() > maxKeys) {
            drop(shelves.firstEntry().getKey());
        }
    }

    /**
     * Changes how many keys are kept, and drops what is beyond that.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public void setMaxKeys(int keys) {
        maxKeys = limits.withMaxKeys(keys).maxKeys();
        evict();
    }

    /** Drops the records at {@code key} of {@code type} (0 for all), and returns how many there were. */
    public int remove(NodeId key, int type) {
        Shelf shelf = shelves.get(key);
        int before = records;
        if (shelf != null) {
            keep(
                    key,
                    shelf.records.stream()
                            .filter(held ->
                                    type != RecordType.ANY && held.record().type() != type)
                            .toList());
        }
        return before - records;
    }

    private MergePolicy mergePolicyOf(RecordSlot slot) {
        return switch (slot.group()) {
            case ADDRESS -> addressMerge;
            case TOPIC -> topicMerge;
            case MAILBOX -> mailboxMerge;
        };
    }

    /** The records at {@code key} of {@code type} (0 for all) that are valid and allowed, in stored order; counts as use of
     * the key. */
    public List<VerifiedRecord> getAll(NodeId key, int type, long now) {
        markUsed(key);
        return peekAll(key, type, now);
    }

    /** Like {@link #getAll}, without counting as use: for what strangers ask. */
    public List<VerifiedRecord> peekAll(NodeId key, int type, long now) {
        Shelf shelf = shelves.get(key);
        if (shelf == null) {
            return List.of();
        }
        List<VerifiedRecord> valid = new ArrayList<>(shelf.records.size());
        for (VerifiedRecord held : shelf.records) {
            if ((type == RecordType.ANY || held.record().type() == type) && isGood(key, held, now)) {
                valid.add(held);
            }
        }
        return valid;
    }

    /** Where the next answer to a stranger begins among the records of {@code key}; 0 at first. */
    public int nextToServe(NodeId key) {
        Shelf shelf = shelves.get(key);
        return shelf == null ? 0 : shelf.nextToServe;
    }

    /** Notes where the next answer to a stranger begins. */
    public void setNextToServe(NodeId key, int next) {
        Shelf shelf = shelves.get(key);
        if (shelf != null) {
            shelf.nextToServe = next;
        }
    }

    /** The newest valid endpoint record at {@code key}; counts as use of the key. */
    public Optional<VerifiedRecord> getEndpoint(NodeId key, long now) {
        return getAll(key, RecordType.ENDPOINT, now).stream().max(RecordOrder.BY_AGE);
    }

    /** True if a record that is held may be shown: it has not ended, and the policy still allows it. */
    private boolean isGood(NodeId key, VerifiedRecord held, long now) {
        return held.isValidAt(now) && !hasEnded(held, now) && policy.allows(key, held, now);
    }

    private boolean hasEnded(VerifiedRecord held, long now) {
        return Long.compareUnsigned(now, endOf(held)) >= 0;
    }

    /** The first second at which a record must not be held any longer; unsigned. */
    private long endOf(VerifiedRecord held) {
        long retained = limits.retention().endOf(held);
        long allowed = policy.endOf(held);
        return Long.compareUnsigned(retained, allowed) < 0 ? retained : allowed;
    }

    /** Drops records that ended before {@code now}, and keys that hold nothing else. Returns how many records. */
    public int sweep(long now) {
        int before = records;
        List<NodeId> due = calendar.headMap(Long.divideUnsigned(now, CALENDAR_STEP)).values().stream()
                .flatMap(Collection::stream)
                .toList();
        for (NodeId key : due) {
            Shelf shelf = shelves.get(key);
            if (shelf != null) {
                keep(
                        key,
                        shelf.records.stream()
                                .filter(held -> !hasEnded(held, now))
                                .toList());
            }
        }
        return before - records;
    }

    /** Number of keys that hold a record which may be shown at {@code now}; looks only at keys where something may have ended. */
    public int size(long now) {
        long ended = calendar.headMap(Long.divideUnsigned(now, CALENDAR_STEP), true).values().stream()
                .flatMap(Collection::stream)
                .filter(key -> peekAll(key, RecordType.ANY, now).isEmpty())
                .count();
        return (int) (shelves.size() - ended);
    }

    /** Every record that may be shown at {@code now}, the least recently used key first; does not count as use. */
    public List<StoredRecord> all(long now) {
        List<StoredRecord> all = new ArrayList<>(records);
        shelves.sequencedKeySet()
                .forEach(
                        key -> peekAll(key, RecordType.ANY, now).forEach(held -> all.add(new StoredRecord(key, held))));
        return all;
    }

    /** Number of keys held; records that ended count until the next {@link #sweep}. */
    public int keys() {
        return shelves.size();
    }

    /** Number of records held; those that ended count until the next {@link #sweep}. */
    public int records() {
        return records;
    }

    /** Numbers about the store. */
    public StoreStatistics statistics() {
        return new StoreStatistics(new Occupancy(shelves.size(), maxKeys), records);
    }

    private void markUsed(NodeId key) {
        Shelf shelf = shelves.get(key);
        if (shelf != null) {
            shelves.putLast(key, shelf);
        }
    }

    /** Makes {@code kept} the records of {@code key}; a key without records is dropped. */
    private void keep(NodeId key, List<VerifiedRecord> kept) {
        if (kept.isEmpty()) {
            drop(key);
            return;
        }
        Shelf shelf = shelves.computeIfAbsent(key, absent -> new Shelf());
        records += kept.size() - shelf.records.size();
        strikeOut(key, shelf);
        shelf.records = new ArrayList<>(kept);
        shelf.calendarPage = kept.stream()
                .map(this::endOf)
                .map(second -> Long.divideUnsigned(second, CALENDAR_STEP))
                .min(Long::compareUnsigned)
                .orElseThrow();
        calendar.computeIfAbsent(shelf.calendarPage, absent -> new LinkedHashSet<>())
                .add(key);
    }

    private void drop(NodeId key) {
        Shelf shelf = shelves.remove(key);
        if (shelf != null) {
            records -= shelf.records.size();
            strikeOut(key, shelf);
        }
    }

    private void strikeOut(NodeId key, Shelf shelf) {
        SequencedSet<NodeId> page = calendar.get(shelf.calendarPage);
        if (page != null && page.remove(key) && page.isEmpty()) {
            calendar.remove(shelf.calendarPage);
        }
    }
}
