package io.a2al.core.publish;

import java.util.Comparator;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Slots whose record is new and not yet stored, because too many came at once. They are taken in the order of their
 * keys, round and round, so that one lookup serves several. Not thread-safe.
 */
final class Waiting {

    private final NavigableSet<ReplicaSet> sets = new TreeSet<>(
            Comparator.comparing((ReplicaSet set) -> set.placement().key()).thenComparing(ReplicaSet::slot));

    private Optional<ReplicaSet> latest = Optional.empty();

    void add(ReplicaSet set) {
        sets.add(set);
    }

    void remove(ReplicaSet set) {
        sets.remove(set);
    }

    boolean contains(ReplicaSet set) {
        return !sets.isEmpty() && sets.contains(set);
    }

    boolean isEmpty() {
        return sets.isEmpty();
    }

    int size() {
        return sets.size();
    }

    /** Removes and returns the slot that comes after the latest one. There has to be one. */
    ReplicaSet next() {
        ReplicaSet next = latest.map(sets::higher).orElseGet(sets::first);
        sets.remove(next);
        latest = Optional.of(next);
        return next;
    }
}
