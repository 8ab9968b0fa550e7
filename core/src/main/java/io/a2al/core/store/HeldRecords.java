package io.a2al.core.store;

import io.a2al.protocol.id.NodeId;
import java.util.ArrayList;
import java.util.List;

/**
 * The records of a store. All changes go through {@link #keep}, so that the shelves, the quotas, the calendar and what
 * the listeners know always agree. Not thread-safe.
 */
final class HeldRecords {

    private final Shelves shelves;
    private final Quotas quotas;
    private final ExpiryCalendar calendar;
    private final StoreChanges changes = new StoreChanges();
    private final List<KeyListener> listeners = new ArrayList<>();
    private int count;

    /** No records; the shelves, the quotas and the calendar are empty, and only this object changes what is in them. */
    HeldRecords(Shelves shelves, Quotas quotas, ExpiryCalendar calendar) {
        this.shelves = shelves;
        this.quotas = quotas;
        this.calendar = calendar;
    }

    /** Subscribes to keys that have no records any longer. */
    void subscribe(KeyListener listener) {
        listeners.add(listener);
    }

    /** Subscribes to every change. */
    void subscribe(ChangeListener listener) {
        changes.subscribe(listener);
    }

    /** Returns the number of records. */
    int count() {
        return count;
    }

    /** Returns the records at a key, in stored order. */
    List<Held> at(NodeId key) {
        return shelves.find(key).map(shelf -> shelf.records).orElse(List.of());
    }

    /** Makes {@code kept} the records of {@code key}; a key without records is removed. */
    void keep(NodeId key, List<Held> kept) {
        keep(key, kept, StoreChanges.NO_NUMBER);
    }

    /**
     * Makes {@code kept} the records of {@code key}; a key without records is removed.
     *
     * @param restored the number of the record that the listeners know already
     */
    void keep(NodeId key, List<Held> kept, long restored) {
        if (kept.isEmpty()) {
            drop(key);
            return;
        }
        Shelf shelf = shelves.find(key).orElseGet(Shelf::new);
        calendar.strikeOut(key, shelf);
        change(key, ShelfChange.between(shelf.records, kept), restored);
        shelf.records = List.copyOf(kept);
        shelves.place(key, shelf);
        calendar.enter(key, shelf);
    }

    private void drop(NodeId key) {
        shelves.remove(key).ifPresent(shelf -> {
            change(key, new ShelfChange(shelf.records, List.of()), StoreChanges.NO_NUMBER);
            calendar.strikeOut(key, shelf);
            listeners.forEach(listener -> listener.onDropped(key));
        });
    }

    private void change(NodeId key, ShelfChange change, long restored) {
        count += change.come().size() - change.gone().size();
        change.gone().forEach(held -> quotas.remove(key, held));
        changes.raise(key, change, restored);
        change.come().forEach(held -> quotas.add(key, held));
    }
}
