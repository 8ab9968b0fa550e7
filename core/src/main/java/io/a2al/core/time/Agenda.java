package io.a2al.core.time;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * When things are due, each at one time; equal times in the order they were set. Times in nanoseconds of a clock that
 * may begin anywhere. Not thread-safe.
 *
 * @param <T> what is due
 */
public final class Agenda<T> {

    /** A time that never comes. */
    static final long NEVER = Long.MAX_VALUE;

    private record Entry<T>(long at, long sequence, T item) {}

    private final TreeSet<Entry<T>> byTime = new TreeSet<>((a, b) -> {
        int order = Long.compare(a.at() - b.at(), 0);
        return order != 0 ? order : Long.compare(a.sequence(), b.sequence());
    });

    private final Map<T, Entry<T>> byItem = new HashMap<>();
    private long sequence;

    /** Nothing is due. */
    public Agenda() {}

    /** Sets the time of an item, instead of the one it had; {@link #NEVER} for none. */
    public void set(T item, long at) {
        remove(item);
        if (at != NEVER) {
            Entry<T> entry = new Entry<>(at, sequence++, item);
            byItem.put(item, entry);
            byTime.add(entry);
        }
    }

    /** Sets the time of an item unless it has an earlier one. */
    public void setAtMost(T item, long at) {
        Entry<T> entry = byItem.get(item);
        if (entry == null || at - entry.at() < 0) {
            set(item, at);
        }
    }

    /** True if the item has a time. */
    public boolean contains(T item) {
        return byItem.containsKey(item);
    }

    /** Forgets an item. */
    public void remove(T item) {
        Entry<T> entry = byItem.remove(item);
        if (entry != null) {
            byTime.remove(entry);
        }
    }

    /** Takes the first item whose time has come. */
    public Optional<T> pollDue(long now) {
        if (byTime.isEmpty() || byTime.first().at() - now > 0) {
            return Optional.empty();
        }
        T item = byTime.first().item();
        remove(item);
        return Optional.of(item);
    }

    /** The earlier of two times, each perhaps {@link #NEVER}. */
    public static long earlier(long a, long b) {
        return a == NEVER || (b != NEVER && b - a < 0) ? b : a;
    }

    /** When the next item is due, or {@link #NEVER}. */
    public long next() {
        return byTime.isEmpty() ? NEVER : byTime.first().at();
    }

    /** Number of items. */
    int size() {
        return byItem.size();
    }
}
