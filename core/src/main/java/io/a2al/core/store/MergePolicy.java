package io.a2al.core.store;

import io.a2al.core.api.Origin;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Keeps the records of one group at one key within their limit (node.md section 14). Called after the newcomer was
 * appended in place of its predecessor; stateless and thread-safe.
 */
interface MergePolicy {

    /** Removes what is over the limit from {@code records}, of which the last one is new. */
    void trim(List<Held> records);

    /** The earliest made of the records that {@code among} accepts, the first of equals. */
    static Optional<Held> earliest(List<Held> records, Predicate<Held> among) {
        return records.stream()
                .filter(among)
                .min(Comparator.comparing(held -> held.record().record().timestamp(), Long::compareUnsigned));
    }

    /**
     * Which of too many records goes: the earliest made, if all come from one origin. Else it is the earliest of the
     * origin that has the most, so that one network's throw-away identities push out each other and nobody else
     * (known-defects D-26). If the newcomer's origin is one of those with the most, it is that one; so a newcomer from
     * elsewhere finds no place among records that all come from different networks. Records of the node's own stay as
     * long as there are others.
     */
    static Optional<Held> leastDeserving(List<Held> records) {
        Map<Origin, Integer> counts = new LinkedHashMap<>();
        records.forEach(held -> counts.merge(held.origin(), 1, Integer::sum));
        if (counts.size() == 1) {
            return earliest(records, held -> true);
        }
        counts.remove(Origin.LOCAL);
        int most = counts.values().stream().max(Integer::compare).orElseThrow();
        Origin newcomer = records.getLast().origin();
        Origin crowd = counts.getOrDefault(newcomer, 0) == most
                ? newcomer
                : counts.entrySet().stream()
                        .filter(entry -> entry.getValue() == most)
                        .findFirst()
                        .orElseThrow()
                        .getKey();
        return earliest(records, held -> held.origin().equals(crowd));
    }
}
