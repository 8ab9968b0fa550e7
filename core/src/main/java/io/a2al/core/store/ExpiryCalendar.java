package io.a2al.core.store;

import io.a2al.protocol.id.NodeId;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The keys of a store by the minute in which the first of their records ends, so that no search for ended records looks
 * at other keys (known-defects D-25). Times are Unix seconds, unsigned. Not thread-safe.
 */
final class ExpiryCalendar {

    /** Seconds on one page. Longer ones would keep ended records for longer, shorter ones would take more memory. */
    private static final long PAGE = 60;

    private final ExpiryRules expiry;

    /** Page number (minute of first expiry) to the keys on it. */
    private final TreeMap<Long, SequencedSet<NodeId>> pages = new TreeMap<>(Long::compareUnsigned);

    ExpiryCalendar(ExpiryRules expiry) {
        this.expiry = expiry;
    }

    /** Enters a key on the page of its shelf's records; it must not be on another one. */
    void enter(NodeId key, Shelf shelf) {
        shelf.calendarPage = pageOf(expiry.firstEnd(shelf.records));
        pages.computeIfAbsent(shelf.calendarPage, absent -> new LinkedHashSet<>())
                .add(key);
    }

    /** Strikes out a key, if it is there. */
    void strikeOut(NodeId key, Shelf shelf) {
        SequencedSet<NodeId> page = pages.get(shelf.calendarPage);
        if (page != null && page.remove(key) && page.isEmpty()) {
            pages.remove(shelf.calendarPage);
        }
    }

    /** Returns the keys where a record has ended a minute ago or earlier, and perhaps some where one ended since. */
    Stream<NodeId> due(long now) {
        return pages.headMap(pageOf(now)).values().stream().flatMap(Collection::stream);
    }

    /** Returns all keys where a record has ended, and perhaps some where one ends within a minute. */
    Stream<NodeId> perhapsEnded(long now) {
        return pages.headMap(pageOf(now), true).values().stream().flatMap(Collection::stream);
    }

    private static long pageOf(long time) {
        return Long.divideUnsigned(time, PAGE);
    }
}
