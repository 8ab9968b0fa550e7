package io.a2al.core.time;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Things that are due, each at one time; equal times in the order they were set. Like an {@link Agenda}, for as many
 * things as there are keys in a store: a binary heap whose entries know their places. Unlike a tree, it changes hardly
 * any older entry when one comes, and the collector has to look through all old objects that were changed. Times in
 * nanoseconds of a clock that may begin anywhere. Not thread-safe.
 *
 * @param <E> what is due
 */
public final class DueHeap<E extends DueHeap.Entry> {

    private static final int NOWHERE = -1;

    /** Something that may be due, in one heap at most, which alone writes its fields. */
    public abstract static class Entry {
        long at;
        long sequence;
        int place = NOWHERE;

        /** Not due at any time. */
        protected Entry() {}

        /** True if it has a time. */
        final boolean isScheduled() {
            return place != NOWHERE;
        }
    }

    /** Nobody is due before the one at half the place. */
    private final List<E> entries = new ArrayList<>();

    private long sequence;

    /** Nothing is due. */
    public DueHeap() {}

    /** Sets the time of an entry, instead of the one it had. */
    public void set(E entry, long at) {
        remove(entry);
        entry.at = at;
        entry.sequence = sequence++;
        entries.add(entry);
        rise(entry, entries.size() - 1);
    }

    /** Sets the time of an entry unless it has an earlier one. */
    public void setAtMost(E entry, long at) {
        if (!entry.isScheduled() || at - entry.at < 0) {
            set(entry, at);
        }
    }

    /** Takes an entry out; nothing happens if it is not in. */
    public void remove(E entry) {
        if (!entry.isScheduled()) {
            return;
        }
        E last = entries.removeLast();
        if (entry.place < entries.size()) {
            rise(last, entry.place);
            sink(last, last.place);
        }
        entry.place = NOWHERE;
    }

    /** Takes the first entry whose time has come. */
    public Optional<E> pollDue(long now) {
        if (entries.isEmpty() || entries.getFirst().at - now > 0) {
            return Optional.empty();
        }
        E due = entries.getFirst();
        remove(due);
        return Optional.of(due);
    }

    /** When the next entry is due, or {@link NodeTime#NEVER}. */
    public long next() {
        return entries.isEmpty() ? NodeTime.NEVER : entries.getFirst().at;
    }

    /** Puts an entry at a place, or at one above that if it is due earlier than those there. */
    private void rise(E entry, int from) {
        int place = from;
        while (place > 0 && isBefore(entry, entries.get((place - 1) / 2))) {
            put(entries.get((place - 1) / 2), place);
            place = (place - 1) / 2;
        }
        put(entry, place);
    }

    /** Puts an entry at a place, or at one below that if it is due later than those there. */
    private void sink(E entry, int from) {
        int place = from;
        int below = earlierBelow(place);
        while (below < entries.size() && isBefore(entries.get(below), entry)) {
            put(entries.get(below), place);
            place = below;
            below = earlierBelow(place);
        }
        put(entry, place);
    }

    /** Of the two places below, the one whose entry is due earlier; beyond the end if there is none. */
    private int earlierBelow(int place) {
        int left = 2 * place + 1;
        int right = left + 1;
        return right < entries.size() && isBefore(entries.get(right), entries.get(left)) ? right : left;
    }

    private void put(E entry, int place) {
        entries.set(place, entry);
        entry.place = place;
    }

    private static boolean isBefore(Entry a, Entry b) {
        return a.at != b.at ? a.at - b.at < 0 : a.sequence < b.sequence;
    }
}
