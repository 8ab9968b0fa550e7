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
 * appended in place of its predecessor. Stateless; thread-safe.
 */
interface MergePolicy {

    /** Evicts records beyond the limit from {@code records}, of which the last one is new. */
    void trim(List<Held> records);

    /** Returns the record with the earliest timestamp that {@code among} accepts, of equals the first. */
    static Optional<Held> earliest(List<Held> records, Predicate<Held> among) {
        return records.stream()
                .filter(among)
                .min(Comparator.comparing(held -> held.record().record().timestamp(), Long::compareUnsigned));
    }

    /**
     * Returns the record to evict from too many. If all come from one origin, it is the one with the earliest
     * timestamp. Otherwise it is the earliest of the origin that has the most records, so that the throw-away
     * identities of one network evict each other and no other records (known-defects D-26). If the newcomer's origin is
     * one of those with the most, it is that one; so a newcomer finds no place among records that all come from
     * different networks. Records of this node are kept as long as there are other records.
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
        Origin largest = counts.getOrDefault(newcomer, 0) == most
                ? newcomer
                : counts.entrySet().stream()
                        .filter(entry -> entry.getValue() == most)
                        .findFirst()
                        .orElseThrow()
                        .getKey();
        return earliest(records, held -> held.origin().equals(largest));
    }
}
