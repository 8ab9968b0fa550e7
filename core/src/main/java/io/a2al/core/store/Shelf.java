package io.a2al.core.store;

import io.a2al.protocol.record.RecordSlot.Group;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;

/** The records at one key, in stored order, never empty. Not thread-safe. */
final class Shelf {

    /** Sets of one group. */
    private static final Map<Group, Set<Group>> ALONE = alone();

    List<Held> records = List.of();

    /** The page of the calendar on which the first of its records ends. */
    long calendarPage;

    /** Index at which the next answer begins; empty until an answer had room for some of the records only. */
    OptionalInt nextToServe = OptionalInt.empty();

    /** Zone of {@link Shelves} that it is in. */
    int zone = Shelves.NOWHERE;

    /** The groups of its records, as far as {@link Shelves} knows. */
    Set<Group> groups = Set.of();

    /** Returns the groups of its records; all shelves with one and the same group share a set. */
    Set<Group> groupsOfRecords() {
        Group first = records.getFirst().group();
        for (Held held : records) {
            if (held.group() != first) {
                return severalGroups();
            }
        }
        return Objects.requireNonNull(ALONE.get(first));
    }

    private Set<Group> severalGroups() {
        Set<Group> found = EnumSet.noneOf(Group.class);
        for (Held held : records) {
            found.add(held.group());
        }
        return found;
    }

    private static Map<Group, Set<Group>> alone() {
        Map<Group, Set<Group>> alone = new EnumMap<>(Group.class);
        for (Group group : Group.values()) {
            alone.put(group, Set.of(group));
        }
        return alone;
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
