package io.a2al.core.republish;

import io.a2al.core.bounds.BoundedMap;
import io.a2al.core.bounds.Occupancy;
import io.a2al.core.time.DeadlineQueue;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.RecordSlot;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * When each record held for other nodes was last stored here, and which keys are to be looked at next. A key is looked
 * at when the record there whose last STORE is longest ago may be due. A STORE that comes in between does not move the
 * key; it is noticed when the key is looked at. Times in nanoseconds. Not thread-safe.
 */
final class RepublishSchedule {

    /** Slots remembered at one key: somewhat more than the store keeps there. */
    private static final int MAX_SLOTS = 256;

    /** One key. Most have one record, for which there is no map, as that would take twice the memory of the rest. */
    static final class Entry extends DeadlineQueue.Entry {
        private final NodeId key;

        /** A record there and when it was last stored; null if there is none. */
        private @Nullable RecordSlot slot;

        private long slotStoredAt;
        private Map<RecordSlot, Long> othersStoredAt = Map.of();

        private Entry(NodeId key) {
            this.key = key;
        }

        NodeId key() {
            return key;
        }

        private void note(RecordSlot stored, long at) {
            if (stored.equals(slot) || (slot == null && othersStoredAt.isEmpty())) {
                slot = stored;
                slotStoredAt = at;
            } else {
                if (othersStoredAt.isEmpty()) {
                    othersStoredAt = new BoundedMap<>(MAX_SLOTS - 1);
                }
                othersStoredAt.put(stored, at);
            }
        }

        private OptionalLong storedAt(RecordSlot wanted) {
            if (wanted.equals(slot)) {
                return OptionalLong.of(slotStoredAt);
            }
            Long at = othersStoredAt.get(wanted);
            return at == null ? OptionalLong.empty() : OptionalLong.of(at);
        }

        private void retain(Set<RecordSlot> slots) {
            if (slot != null && !slots.contains(slot)) {
                slot = null;
            }
            if (!slots.containsAll(othersStoredAt.keySet())) {
                othersStoredAt.keySet().retainAll(slots);
                othersStoredAt = othersStoredAt.isEmpty() ? Map.of() : othersStoredAt;
            }
        }
    }

    private final RepublishSettings settings;
    private final RandomGenerator random;
    private final Map<NodeId, Entry> byKey = new HashMap<>();
    private final DeadlineQueue<Entry> byTime = new DeadlineQueue<>();

    RepublishSchedule(RepublishSettings settings, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
    }

    /**
     * Notes that a node stored the record here just now.
     *
     * @return false if the key is not on the schedule because there are too many
     */
    boolean note(long now, NodeId key, RecordSlot slot) {
        Entry entry = byKey.get(key);
        if (entry == null) {
            if (byKey.size() >= settings.limits().maxKeys()) {
                return false;
            }
            entry = new Entry(key);
            byKey.put(key, entry);
            byTime.set(entry, now + interval() + jitter());
        }
        entry.note(slot, now);
        return true;
    }

    /** Removes a key, because the store has dropped its last record. */
    void forget(NodeId key) {
        Entry entry = byKey.remove(key);
        if (entry != null) {
            byTime.remove(entry);
        }
    }

    /** Removes and returns the next key to look at; the caller gives it to {@link #takeDue}. */
    Optional<Entry> pollDue(long now) {
        return byTime.pollDue(now);
    }

    /**
     * Returns those records of a key that no node has stored here for the interval; from now on they count as stored.
     * Sets when the key is looked at next, or removes it if there are no records.
     *
     * @param held all valid records at the key
     */
    List<VerifiedRecord> takeDue(long now, Entry entry, List<VerifiedRecord> held) {
        Set<RecordSlot> slots =
                held.stream().map(record -> RecordSlot.of(record.record())).collect(Collectors.toSet());
        entry.retain(slots);
        if (slots.isEmpty()) {
            forget(entry.key);
            return List.of();
        }
        List<VerifiedRecord> due = held.stream()
                .filter(record -> isDue(now, entry, RecordSlot.of(record.record())))
                .toList();
        due.forEach(record -> entry.note(RecordSlot.of(record.record()), now));
        long wait = slots.stream()
                .mapToLong(slot -> entry.storedAt(slot).orElse(now) + interval() - now)
                .min()
                .orElseThrow();
        byTime.set(entry, now + wait + jitter());
        return due;
    }

    private boolean isDue(long now, Entry entry, RecordSlot slot) {
        OptionalLong at = entry.storedAt(slot);
        return at.isEmpty() || now - at.getAsLong() >= interval();
    }

    /** Returns when the record was last stored here; empty if that is not known. */
    OptionalLong storedAt(NodeId key, RecordSlot slot) {
        Entry entry = byKey.get(key);
        return entry == null ? OptionalLong.empty() : entry.storedAt(slot);
    }

    /** Makes the record due at this time, whenever it was last stored. */
    void setDue(long at, NodeId key, RecordSlot slot) {
        Entry entry = byKey.get(key);
        if (entry != null) {
            entry.note(slot, at - interval());
            byTime.setAtMost(entry, at);
        }
    }

    private long interval() {
        return settings.timing().interval().toNanos();
    }

    private long jitter() {
        return random.nextLong(interval() / 2 + 1);
    }

    /** Returns when the next key is to be looked at. */
    long nextDeadline() {
        return byTime.next();
    }

    Occupancy occupancy() {
        return new Occupancy(byKey.size(), settings.limits().maxKeys());
    }
}
