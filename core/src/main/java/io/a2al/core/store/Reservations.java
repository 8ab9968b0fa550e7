package io.a2al.core.store;

import io.a2al.protocol.record.RecordSlot.Group;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * Decides from which group a full store evicts: one that has more than the room reserved for it, and among those the
 * one whose first key is farthest from the node. Stateless; thread-safe.
 */
final class Reservations {

    private final StoreLimits.Reserved reserved;

    Reservations(StoreLimits.Reserved reserved) {
        this.reserved = reserved;
    }

    /**
     * Returns the group to evict from.
     *
     * @param shelves not empty
     * @param usage what there is too much of, keys or records
     * @param room how much of it there may be
     */
    Group toEvict(Shelves shelves, ToIntFunction<Group> usage, int room) {
        Comparator<Group> farthestFirst = Comparator.<Group>comparingInt(shelves::firstZone)
                .thenComparing(Comparator.<Group>comparingDouble(group -> excess(group, usage, room))
                        .reversed());
        Optional<Group> above = held(shelves)
                .filter(group -> excess(group, usage, room) > 0 && !shelves.isOnlyBesideOwn(group))
                .min(farthestFirst);
        return above.orElseGet(() -> held(shelves).min(farthestFirst).orElseThrow());
    }

    private static Stream<Group> held(Shelves shelves) {
        return Stream.of(Group.values()).filter(group -> shelves.size(group) > 0);
    }

    private double excess(Group group, ToIntFunction<Group> usage, int room) {
        return usage.applyAsInt(group) - reserved.share(group) * room;
    }
}
