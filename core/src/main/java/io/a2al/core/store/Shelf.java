package io.a2al.core.store;

import io.a2al.protocol.record.RecordSlot.Group;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** The records at one key, in stored order, never empty. Not thread-safe. */
final class Shelf {

    List<Held> records = List.of();

    /** The page of the calendar on which the first of its records ends. */
    long calendarPage;

    /** Index at which the next answer begins; empty until an answer had room for some of the records only. */
    OptionalInt nextToServe = OptionalInt.empty();

    /** Zone of {@link Shelves} that it is in. */
    int zone = Shelves.NOWHERE;

    /** The groups of its records, as far as {@link Shelves} knows. */
    Set<Group> groups = EnumSet.noneOf(Group.class);

    /** Returns the groups of its records. */
    Set<Group> groupsOfRecords() {
        Set<Group> found = EnumSet.noneOf(Group.class);
        for (Held held : records) {
            found.add(held.group());
        }
        return found;
    }

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
