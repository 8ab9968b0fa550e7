package io.a2al.core.time;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A {@link DeadlineQueue} of items that are no entries themselves, because they are in several queues. Deadlines in
 * nanoseconds of a clock with any origin. Not thread-safe.
 *
 * @param <K> what has a deadline; needs stable equality
 */
public final class KeyedDeadlines<K> {

    private static final class Entry<K> extends DeadlineQueue.Entry {
        private final K item;

        private Entry(K item) {
            this.item = item;
        }
    }

    private final DeadlineQueue<Entry<K>> queue = new DeadlineQueue<>();
    private final Map<K, Entry<K>> byItem = new HashMap<>();

    /** An empty queue. */
    public KeyedDeadlines() {}

    /** Sets the deadline of an item and replaces the one it had; {@link NodeTime#NEVER} removes the item. */
    public void set(K item, long deadline) {
        if (deadline == NodeTime.NEVER) {
            remove(item);
        } else {
            queue.set(byItem.computeIfAbsent(item, Entry::new), deadline);
        }
    }

    /** Sets the deadline of an item unless it has an earlier or equal one; {@link NodeTime#NEVER} changes nothing. */
    public void setAtMost(K item, long deadline) {
        if (deadline != NodeTime.NEVER) {
            queue.setAtMost(byItem.computeIfAbsent(item, Entry::new), deadline);
        }
    }

    /** Returns true if the item has a deadline. */
    public boolean contains(K item) {
        return byItem.containsKey(item);
    }

    /** Removes an item; does nothing if it has no deadline. */
    public void remove(K item) {
        Entry<K> entry = byItem.remove(item);
        if (entry != null) {
            queue.remove(entry);
        }
    }

    /** Removes and returns the first item whose deadline is not after {@code now}. */
    public Optional<K> pollDue(long now) {
        return queue.pollDue(now).map(due -> {
            byItem.remove(due.item);
            return due.item;
        });
    }

    /** Returns the earliest deadline, or {@link NodeTime#NEVER} if the queue is empty. */
    public long next() {
        return queue.next();
    }
}
