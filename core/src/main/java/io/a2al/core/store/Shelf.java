package io.a2al.core.store;

import java.util.List;

/** The records at one key, in stored order, never empty. Not thread-safe. */
final class Shelf {

    List<Held> records = List.of();

    /** The page of the calendar on which the first of its records ends. */
    long calendarPage;

    /** Where the next answer to a stranger begins. */
    int nextToServe;

    /** Where {@link Shelves} keeps it. */
    int zone = Shelves.NOWHERE;

    /** True if a record of this node's own is here. */
    boolean hasOwn() {
        for (Held held : records) {
            if (held.origin().isLocal()) {
                return true;
            }
        }
        return false;
    }
}
