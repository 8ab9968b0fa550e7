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
 * When records that are kept for others were last stored here by anybody, and which keys are to be looked at for that.
 * A key is looked at when its record that was not stored for longest may be due; that renewals push a record's time
 * back is noticed then. Times in nanoseconds. Not thread-safe.
 */
final class RepublishSchedule {

    /** Somewhat more than the store keeps at one key. */
    private static final int MAX_SLOTS = 256;

    /** One key. Most have one record, which takes a fifth of the memory that a map with room for more does. */
    static final class Charge extends DeadlineQueue.Entry {
        private final NodeId key;
        private Map<RecordSlot, Long> storedAt = Map.of();

        private Charge(NodeId key) {
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
    private final Map<NodeId, Charge> byKey = new HashMap<>();
    private final DeadlineQueue<Charge> byTime = new DeadlineQueue<>();

    RepublishSchedule(RepublishSettings settings, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
    }

    /**
     * Somebody stored the record here.
     *
     * @return false if the key cannot be looked after because there are too many
     */
    boolean note(long now, NodeId key, RecordSlot slot) {
        Charge charge = byKey.get(key);
        if (charge == null) {
            if (byKey.size() >= settings.limits().maxKeys()) {
                return false;
            }
            charge = new Charge(key);
            byKey.put(key, charge);
            byTime.set(charge, now + interval() + jitter());
        }
        charge.note(slot, now);
        return true;
    }

    /** There is no record at this key any longer. */
    void forget(NodeId key) {
        Charge charge = byKey.remove(key);
        if (charge != null) {
            byTime.remove(charge);
        }
    }

    /** The next key to look at; to be given back to {@link #takeDue}. */
    Optional<Charge> pollDue(long now) {
        return byTime.pollDue(now);
    }

    /**
     * Of the records held at a key, those that nobody has stored here for the interval; from now on they count as
     * stored. Without records, the key is forgotten.
     */
    List<VerifiedRecord> takeDue(long now, Charge charge, List<VerifiedRecord> held) {
        Set<RecordSlot> slots =
                held.stream().map(record -> RecordSlot.of(record.record())).collect(Collectors.toSet());
        charge.retain(slots);
        if (slots.isEmpty()) {
            forget(charge.key);
            return List.of();
        }
        List<VerifiedRecord> due = held.stream()
                .filter(record -> isDue(now, charge, RecordSlot.of(record.record())))
                .toList();
        due.forEach(record -> charge.note(RecordSlot.of(record.record()), now));
        long wait = charge.storedAt.values().stream()
                .mapToLong(at -> at + interval() - now)
                .min()
                .orElseThrow();
        byTime.set(charge, now + wait + jitter());
        return due;
    }

    private boolean isDue(long now, Charge charge, RecordSlot slot) {
        Long at = charge.storedAt.get(slot);
        return at == null || now - at >= interval();
    }

    /** When the record was last stored here; nothing if that is not on record. */
    Optional<Long> storedAt(NodeId key, RecordSlot slot) {
        return Optional.ofNullable(byKey.get(key)).map(charge -> charge.storedAt.get(slot));
    }

    /** The record did not get to anybody: it is due at this time, whatever is on record. */
    void again(long at, NodeId key, RecordSlot slot) {
        Charge charge = byKey.get(key);
        if (charge != null) {
            charge.note(slot, at - interval());
            byTime.setAtMost(charge, at);
        }
    }

    private long interval() {
        return settings.timing().interval().toNanos();
    }

    private long jitter() {
        return random.nextLong(interval() / 2 + 1);
    }

    /** When the next key is to be looked at. */
    long nextDeadline() {
        return byTime.next();
    }

    Occupancy occupancy() {
        return new Occupancy(byKey.size(), settings.limits().maxKeys());
    }
}
