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
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * When each record held for other nodes was last stored here, and which keys are to be looked at next. A key is looked
 * at when the record there whose last STORE is longest ago may be due. A STORE that comes in between does not move the
 * key; it is noticed when the key is looked at. Times in nanoseconds. Not thread-safe.
 */
final class RepublishSchedule {

    /** Slots remembered at one key: somewhat more than the store keeps there. */
    private static final int MAX_SLOTS = 256;

    /** One key. Most have one record, and a map for one takes a fifth of the memory of a map with room for more. */
    static final class Entry extends DeadlineQueue.Entry {
        private final NodeId key;
        private Map<RecordSlot, Long> storedAt = Map.of();

        private Entry(NodeId key) {
            this.key = key;
        }

        NodeId key() {
            return key;
        }

        private void note(RecordSlot slot, long at) {
            if (storedAt.isEmpty() || (storedAt.size() == 1 && storedAt.containsKey(slot))) {
                storedAt = Map.of(slot, at);
            } else {
                if (storedAt.size() == 1) {
                    Map<RecordSlot, Long> several = new BoundedMap<>(MAX_SLOTS);
                    several.putAll(storedAt);
                    storedAt = several;
                }
                storedAt.put(slot, at);
            }
        }

        private void retain(Set<RecordSlot> slots) {
            if (!slots.containsAll(storedAt.keySet())) {
                Map<RecordSlot, Long> before = storedAt;
                storedAt = Map.of();
                before.forEach((slot, at) -> {
                    if (slots.contains(slot)) {
                        note(slot, at);
                    }
                });
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
        long wait = entry.storedAt.values().stream()
                .mapToLong(at -> at + interval() - now)
                .min()
                .orElseThrow();
        byTime.set(entry, now + wait + jitter());
        return due;
    }

    private boolean isDue(long now, Entry entry, RecordSlot slot) {
        Long at = entry.storedAt.get(slot);
        return at == null || now - at >= interval();
    }

    /** Returns when the record was last stored here; empty if that is not known. */
    Optional<Long> storedAt(NodeId key, RecordSlot slot) {
        return Optional.ofNullable(byKey.get(key)).map(entry -> entry.storedAt.get(slot));
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
