package io.a2al.core.time;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Entries with one deadline each, earliest first; equal deadlines in the order in which they were set, so that runs
 * repeat exactly. A binary heap whose entries know their index, so that removing or moving one takes logarithmic time.
 * Unlike a tree, it changes hardly any older entry when one is added; the garbage collector has to scan all old objects
 * that were changed, and there is an entry for each key in a store. Deadlines in nanoseconds of a clock with any
 * origin. Not thread-safe.
 *
 * @param <E> what has a deadline
 */
public final class DeadlineQueue<E extends DeadlineQueue.Entry> {

    private static final int NOWHERE = -1;

    /** Has at most one deadline, in at most one queue, which alone writes its fields. */
    public abstract static class Entry {
        long deadline;
        long sequence;
        int index = NOWHERE;

        /** An entry without a deadline. */
        protected Entry() {}

        /** Returns true if it has a deadline. */
        public final boolean isScheduled() {
            return index != NOWHERE;
        }
    }

    /** No entry is due before its parent, the entry at {@code (index - 1) / 2}. */
    private final List<E> heap = new ArrayList<>();

    private long sequence;

    /** An empty queue. */
    public DeadlineQueue() {}

    /** Sets the deadline of an entry and replaces the one it had; {@link NodeTime#NEVER} removes the entry. */
    public void set(E entry, long deadline) {
        remove(entry);
        if (deadline != NodeTime.NEVER) {
            entry.deadline = deadline;
            entry.sequence = sequence++;
            heap.add(entry);
            siftUp(entry, heap.size() - 1);
        }
    }

    /** Sets the deadline of an entry unless it has an earlier or equal one; {@link NodeTime#NEVER} changes nothing. */
    public void setAtMost(E entry, long deadline) {
        if (deadline != NodeTime.NEVER && (!entry.isScheduled() || deadline - entry.deadline < 0)) {
            set(entry, deadline);
        }
    }

    /** Removes an entry; does nothing if it has no deadline. */
    public void remove(E entry) {
        if (!entry.isScheduled()) {
            return;
        }
        E last = heap.removeLast();
        if (entry.index < heap.size()) {
            siftUp(last, entry.index);
            siftDown(last, last.index);
        }
        entry.index = NOWHERE;
    }

    /** Removes and returns the first entry whose deadline is not after {@code now}. */
    public Optional<E> pollDue(long now) {
        if (heap.isEmpty() || heap.getFirst().deadline - now > 0) {
            return Optional.empty();
        }
        E due = heap.getFirst();
        remove(due);
        return Optional.of(due);
    }

    /** Returns the earliest deadline, or {@link NodeTime#NEVER} if the queue is empty. */
    public long next() {
        return heap.isEmpty() ? NodeTime.NEVER : heap.getFirst().deadline;
    }

    /** Returns the number of entries with a deadline. */
    public int size() {
        return heap.size();
    }

    /** Puts an entry at an index, or at an ancestor's if it is due before that. */
    private void siftUp(E entry, int from) {
        int index = from;
        while (index > 0 && isBefore(entry, heap.get((index - 1) / 2))) {
            put(heap.get((index - 1) / 2), index);
            index = (index - 1) / 2;
        }
        put(entry, index);
    }

    /** Puts an entry at an index, or at a descendant's if that is due before it. */
    private void siftDown(E entry, int from) {
        int index = from;
        int child = earlierChild(index);
        while (child < heap.size() && isBefore(heap.get(child), entry)) {
            put(heap.get(child), index);
            index = child;
            child = earlierChild(index);
        }
        put(entry, index);
    }

    /** Returns the index of the child that is due first; beyond the end if there is no child. */
    private int earlierChild(int index) {
        int left = 2 * index + 1;
        int right = left + 1;
        return right < heap.size() && isBefore(heap.get(right), heap.get(left)) ? right : left;
    }

    private void put(E entry, int index) {
        heap.set(index, entry);
        entry.index = index;
    }

    private static boolean isBefore(Entry a, Entry b) {
        return a.deadline != b.deadline ? a.deadline - b.deadline < 0 : a.sequence < b.sequence;
    }
}
