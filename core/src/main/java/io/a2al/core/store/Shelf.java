package io.a2al.core.store;

import java.util.List;
import java.util.OptionalInt;

/** The records at one key, in stored order, never empty. Not thread-safe. */
final class Shelf {

    List<Held> records = List.of();

    /** The page of the calendar on which the first of its records ends. */
    long calendarPage;

    /** Index at which the next answer begins; empty until an answer had room for some of the records only. */
    OptionalInt nextToServe = OptionalInt.empty();

    /** Zone of {@link Shelves} that it is in. */
    int zone = Shelves.NOWHERE;

    /** Returns whether it holds a record of this node. */
    boolean hasOwn() {
        for (Held held : records) {
            if (held.origin().isLocal()) {
                return true;
            }
        }
        return false;
    }
}
