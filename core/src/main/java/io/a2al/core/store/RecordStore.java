package io.a2al.core.store;

import io.a2al.core.api.Origin;
import io.a2al.core.api.PutResult;
import io.a2al.core.api.StoredRecord;
import io.a2al.core.bounds.Occupancy;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.RecordOrder;
import io.a2al.protocol.record.RecordPolicy;
import io.a2al.protocol.record.RecordSlot;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;

/**
 * Verified records by DHT key (node.md section 14). Hazards and the answers to them:
 *
 * <ul>
 *   <li><b>Reads that verify.</b> Only {@link VerifiedRecord}s come in, so that reads just compare times (D-05).
 *   <li><b>Indexes that disagree.</b> All changes of what is held go through {@link HeldRecords}.
 *   <li><b>Eviction by scan.</b> {@link Shelves} keeps the keys in the order of eviction. A read by a peer does not
 *       count as use, or peers could keep their own keys for ever (D-24).
 *   <li><b>Flooding.</b> Each signing key and each network has {@link Quotas} (D-23). A full store evicts first from a
 *       network with more than its share ({@link Eviction}), since keys near the node can be found by trying, and keeps
 *       room for each group of records ({@link Reservations}). Where a key has too many records, those of the network
 *       with the most are evicted first ({@link MergePolicy}, D-26).
 *   <li><b>Expired ballast.</b> {@link ExpiryRules} say when a record ends; {@link #sweep} visits only the keys that
 *       are due in the {@link ExpiryCalendar} (D-25).
 *   <li><b>Bad proofs.</b> Only records that the policy allows are compared, the new one and those held, so that a
 *       record without a proof in force neither replaces nor keeps out a good one (D-54).
 * </ul>
 *
 * Times are Unix seconds. Not thread-safe.
 */
public final class RecordStore {

    private final StoreLimits limits;
    private final RecordPolicy policy;
    private final MergePolicy addressMerge;
    private final MergePolicy topicMerge;
    private final MergePolicy mailboxMerge;

    private final ExpiryRules expiry;
    private final ExpiryCalendar calendar;
    private final Shelves shelves;
    private final Quotas quotas;
    private final HeldRecords contents;
    private final Eviction eviction;

    private long overQuota;
    private long crowdedOut;

    /** The number of the next record that is offered; restored ones have negative numbers. */
    private long nextNumber;

    /** An empty store that belongs to no node; when it is full, the least recently used key is evicted. */
    public RecordStore(StoreLimits limits, RecordPolicy policy) {
        this(limits, policy, Optional.empty());
    }

    /**
     * An empty store.
     *
     * @param self the NodeID of the node that it belongs to; when it is full, keys far from it are evicted first
     */
    public RecordStore(StoreLimits limits, RecordPolicy policy, Optional<NodeId> self) {
        this.limits = limits;
        this.policy = policy;
        this.expiry = new ExpiryRules(limits.retention(), policy);
        this.calendar = new ExpiryCalendar(expiry);
        this.shelves = new Shelves(self);
        this.quotas = new Quotas(limits.quotas());
        this.contents = new HeldRecords(shelves, quotas, calendar);
        this.eviction = new Eviction(limits, contents, shelves, quotas);
        this.addressMerge = new AddressMerge(limits.addressRecordsPerKey());
        this.topicMerge = new TopicMerge(limits.topicRecordsPerKey());
        this.mailboxMerge = new MailboxMerge(limits.mailboxRecordsPerKey(), limits.mailboxRecordsPerSender());
    }

    /** Subscribes to keys that have no records any longer. */
    public void subscribe(KeyListener listener) {
        contents.subscribe(listener);
    }

    /** Subscribes to every change. */
    public void subscribe(ChangeListener listener) {
        contents.subscribe(listener);
    }

    /** Offers a record of this node; see {@link #put(NodeId, VerifiedRecord, Origin, long)}. */
    public PutResult put(NodeId key, VerifiedRecord offer, long now) {
        return put(key, offer, Origin.LOCAL, now);
    }

    /**
     * Offers a record for {@code key}, where the zero key stands for the NodeID of the record's address. If all records
     * at the key come from one origin, a new one beyond the limit may be evicted at once because its timestamp is the
     * earliest; that counts as stored.
     *
     * @param origin where it comes from
     */
    public PutResult put(NodeId key, VerifiedRecord offer, Origin origin, long now) {
        return put(nextNumber++, key, offer, origin, now);
    }

    /**
     * Takes back a record that was held before a restart, under its number of that time; listeners are not told.
     *
     * @param number negative, so that it is none of those that are given out since the start
     * @return true if it is held now
     * @throws IllegalArgumentException if the number is not negative
     */
    public boolean restore(long number, StoredRecord stored, long now) {
        if (number >= 0) {
            throw new IllegalArgumentException("number of a restored record: " + number + "; it must be negative");
        }
        return put(number, stored.key(), stored.record(), stored.origin(), now).isHeld()
                && ShelfChange.indexOf(contents.at(stored.key()), number, 0) >= 0;
    }

    private PutResult put(long number, NodeId key, VerifiedRecord offer, Origin origin, long now) {
        switch (offer.validityAt(now)) {
            case FUTURE -> {
                return PutResult.FUTURE;
            }
            case EXPIRED -> {
                return PutResult.EXPIRED;
            }
            case VALID -> {}
        }
        NodeId at = keyOf(key, offer);
        if (offer.category().isKeyedByAddress() && !at.equals(offer.addressId())) {
            return PutResult.KEY_MISMATCH;
        }
        if (!policy.allows(at, offer, now)) {
            return PutResult.UNAUTHORIZED;
        }
        if (expiry.isTooOld(offer, now)) {
            return PutResult.TOO_OLD;
        }
        return merge(at, Held.of(number, offer, origin, limits.retention(), now), now);
    }

    /**
     * Returns the key that is meant, where the zero key stands for the NodeID of the record's address. If it is that
     * one, it is the very object, so that it is kept once.
     */
    public static NodeId keyOf(NodeId key, VerifiedRecord offer) {
        return key.isZero() || key.equals(offer.addressId()) ? offer.addressId() : key;
    }

    private PutResult merge(NodeId key, Held offer, long now) {
        return shelves.find(key).isEmpty() ? keepFirst(key, offer) : mergeWithOthers(key, offer, now);
    }

    /** Keeps a record at a key that has none. */
    private PutResult keepFirst(NodeId key, Held offer) {
        if (!isWithinQuota(offer)) {
            overQuota++;
            return PutResult.OVER_QUOTA;
        }
        contents.keep(key, List.of(offer), restoredNumberOf(offer));
        eviction.evict();
        return heldOrCrowdedOut(key, true);
    }

    /**
     * Returns whether the quotas allow another record. A restored one was within them when it came; it is not lost to
     * others of its signing key or network that came before it was restored. Those to come are refused instead.
     */
    private boolean isWithinQuota(Held offer) {
        return isRestored(offer) || quotas.mayAdd(offer);
    }

    private static boolean isRestored(Held held) {
        return held.number() < 0;
    }

    /** Returns the number of a record that the listeners know already, or none. */
    private static long restoredNumberOf(Held held) {
        return isRestored(held) ? held.number() : StoreChanges.NO_NUMBER;
    }

    private PutResult heldOrCrowdedOut(NodeId key, boolean hasRoom) {
        if (!hasRoom || shelves.find(key).isEmpty()) {
            crowdedOut++;
            return PutResult.CROWDED_OUT;
        }
        return PutResult.STORED;
    }

    private PutResult mergeWithOthers(NodeId key, Held offer, long now) {
        RecordSlot slot = slotOf(offer);
        List<Held> others = new ArrayList<>();
        List<Held> group = new ArrayList<>();
        boolean replaces = false;
        Origin origin = offer.origin();
        for (Held held : contents.at(key)) {
            if (!expiry.mayShow(key, held, now)) {
                continue;
            }
            RecordSlot heldSlot = slotOf(held);
            if (heldSlot.equals(slot)) {
                if (!RecordOrder.isNewer(offer.record(), held.record())) {
                    if (isSame(offer.record(), held.record())) {
                        improveOrigin(key, held, offer.origin(), now);
                    }
                    return PutResult.STALE;
                }
                replaces = true;
                origin = offer.origin().orBetter(held.origin());
            } else if (heldSlot.group() == slot.group()) {
                group.add(held);
            } else {
                others.add(held);
            }
        }
        if (!replaces && !isWithinQuota(offer)) {
            overQuota++;
            return PutResult.OVER_QUOTA;
        }
        Held newest = Held.of(offer.number(), offer.record(), origin, limits.retention(), now);
        boolean oneOrigin = group.stream().allMatch(held -> held.origin().equals(newest.origin()));
        group.add(newest);
        mergePolicyOf(slot).trim(group);
        boolean hasRoom = oneOrigin || group.contains(newest);
        others.addAll(group);
        contents.keep(key, others, restoredNumberOf(newest));
        shelves.markUsed(key);
        eviction.evict();
        return heldOrCrowdedOut(key, hasRoom);
    }

    /** Lets a record count against this origin from now on, if just this record is held and the origin is better. */
    public void improveOrigin(NodeId key, VerifiedRecord record, Origin offered, long now) {
        contents.at(key).stream()
                .filter(held -> isSame(held.record(), record))
                .findFirst()
                .ifPresent(held -> improveOrigin(key, held, offered, now));
    }

    /**
     * Lets a record that is held count against a better origin from now on. Any peer may store another's record, and
     * the first to do so must not decide how it is judged.
     */
    private void improveOrigin(NodeId key, Held held, Origin offered, long now) {
        Origin better = held.origin().orBetter(offered);
        if (!better.equals(held.origin())) {
            contents.keep(
                    key,
                    contents.at(key).stream()
                            .map(each -> each.equals(held)
                                    ? Held.of(nextNumber++, held.record(), better, limits.retention(), now)
                                    : each)
                            .toList());
        }
    }

    /** Compares without the proofs, as one proof has many encodings and anyone can change it. */
    private static boolean isSame(VerifiedRecord a, VerifiedRecord b) {
        return a.record().withoutDelegation().equals(b.record().withoutDelegation());
    }

    private static RecordSlot slotOf(Held held) {
        return RecordSlot.of(held.record().record());
    }

    /**
     * Changes how many keys are kept, and evicts keys beyond that.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public void setMaxKeys(int keys) {
        eviction.setMaxKeys(keys);
    }

    /** Removes the records at {@code key} of {@code type} (0 for all). Returns how many were removed. */
    public int remove(NodeId key, int type) {
        int before = records();
        contents.keep(
                key,
                contents.at(key).stream()
                        .filter(held ->
                                type != RecordType.ANY && held.record().record().type() != type)
                        .toList());
        return before - records();
    }

    private MergePolicy mergePolicyOf(RecordSlot slot) {
        return switch (slot.group()) {
            case ADDRESS -> addressMerge;
            case TOPIC -> topicMerge;
            case MAILBOX -> mailboxMerge;
        };
    }

    /**
     * Returns the records at {@code key} of {@code type} (0 for all) that are valid and allowed, in stored order;
     * counts as use of the key.
     */
    public List<VerifiedRecord> getAll(NodeId key, int type, long now) {
        shelves.markUsed(key);
        return peekAll(key, type, now);
    }

    /** Like {@link #getAll}, but does not count as use; for requests of peers. */
    public List<VerifiedRecord> peekAll(NodeId key, int type, long now) {
        List<Held> records = contents.at(key);
        List<VerifiedRecord> valid = new ArrayList<>(records.size());
        for (Held held : records) {
            VerifiedRecord record = held.record();
            if ((type == RecordType.ANY || record.record().type() == type) && expiry.mayShow(key, held, now)) {
                valid.add(record);
            }
        }
        return valid;
    }

    /**
     * Returns the index among the records of {@code key} at which the next answer begins, or nothing if no answer has
     * omitted records yet.
     */
    public OptionalInt nextToServe(NodeId key) {
        return shelves.find(key).map(shelf -> shelf.nextToServe).orElse(OptionalInt.empty());
    }

    /** Sets the index at which the next answer begins. */
    public void setNextToServe(NodeId key, int next) {
        shelves.find(key).ifPresent(shelf -> shelf.nextToServe = OptionalInt.of(next));
    }

    /** The newest valid endpoint record at {@code key}; counts as use of the key. */
    public Optional<VerifiedRecord> getEndpoint(NodeId key, long now) {
        return getAll(key, RecordType.ENDPOINT, now).stream().max(RecordOrder.BY_AGE);
    }

    /**
     * Removes records that ended before {@code now}, and keys without records. Returns how many records were removed.
     */
    public int sweep(long now) {
        int before = records();
        for (NodeId key : calendar.due(now).toList()) {
            contents.keep(
                    key,
                    contents.at(key).stream()
                            .filter(held -> !expiry.hasEnded(held, now))
                            .toList());
        }
        return before - records();
    }

    /**
     * Returns the number of keys with a record that may be shown at {@code now}; looks only at keys where a record may
     * have ended.
     */
    public int size(long now) {
        long ended = calendar.perhapsEnded(now)
                .filter(key -> peekAll(key, RecordType.ANY, now).isEmpty())
                .count();
        return (int) (shelves.size() - ended);
    }

    /**
     * Returns every record that may be shown at {@code now}, in the order of eviction of their keys; does not count as
     * use.
     */
    public List<StoredRecord> all(long now) {
        List<StoredRecord> all = new ArrayList<>(records());
        shelves.forEach((key, shelf) -> all.addAll(at(key, now)));
        return all;
    }

    /** Returns the records at a key that may be shown at {@code now}, in stored order; does not count as use. */
    public List<StoredRecord> at(NodeId key, long now) {
        return contents.at(key).stream()
                .filter(held -> expiry.mayShow(key, held, now))
                .map(held -> new StoredRecord(key, held.record(), held.origin()))
                .toList();
    }

    /** Returns the records held at a key by their numbers, also those that may not be shown any longer. */
    public SequencedMap<Long, StoredRecord> numberedAt(NodeId key) {
        SequencedMap<Long, StoredRecord> numbered = new LinkedHashMap<>();
        contents.at(key)
                .forEach(held -> numbered.put(held.number(), new StoredRecord(key, held.record(), held.origin())));
        return numbered;
    }

    /**
     * Returns all keys held, in the order of eviction; those whose records have all ended count until the next
     * {@link #sweep}.
     */
    public List<NodeId> keyList() {
        List<NodeId> keys = new ArrayList<>(shelves.size());
        shelves.forEach((key, shelf) -> keys.add(key));
        return keys;
    }

    /** Returns whether the key is held. */
    public boolean contains(NodeId key) {
        return shelves.find(key).isPresent();
    }

    /** Returns the number of keys held; records that ended count until the next {@link #sweep}. */
    public int keys() {
        return shelves.size();
    }

    /** Returns the number of records held; those that ended count until the next {@link #sweep}. */
    public int records() {
        return contents.count();
    }

    /** Returns the statistics of the store. */
    public StoreStatistics statistics() {
        return new StoreStatistics(
                new Occupancy(shelves.size(), eviction.maxKeys()),
                new Occupancy(records(), limits.quotas().records()),
                quotas.byCategory(),
                eviction.evictedKeys(),
                overQuota,
                crowdedOut);
    }
}
