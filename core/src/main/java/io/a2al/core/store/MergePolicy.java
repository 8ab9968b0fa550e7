package io.a2al.core.store;

import io.a2al.core.api.Origin;
import io.a2al.core.api.Subnet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Keeps the records of one group at one key within their limit (node.md section 14). Called after the newcomer was
 * appended in place of its predecessor. Stateless; thread-safe.
 */
interface MergePolicy {

    /** How far origins are told apart, from large networks to small ones: leading bytes of IPv4 and IPv6 addresses. */
    List<Level> LEVELS = List.of(new Level(2, 4), new Level(3, 5), new Level(Subnet.IPV4_BYTES, Subnet.IPV6_BYTES));

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
     * timestamp. Otherwise it is the earliest of the network that has the most records, so that the throw-away
     * identities of one network evict each other and no other records (known-defects D-26): of all /16 and /32 the one
     * with the most, within that the /24 or /40 with the most, and so on; unverified addresses count as one network
     * first. If the newcomer's network is one of those with the most, it is that one; so a newcomer finds no place
     * among records that all come from different networks, unless it is the only one of its address family. Records of
     * this node are kept as long as there are other records.
     */
    static Optional<Held> leastDeserving(List<Held> records) {
        Held newcomer = records.getLast();
        if (records.stream().allMatch(held -> held.origin().equals(newcomer.origin()))) {
            return earliest(records, held -> true);
        }
        List<Held> candidates = new ArrayList<>(
                records.stream().filter(held -> !held.origin().isLocal()).toList());
        if (isOnlyOneOfItsFamily(newcomer, records)) {
            candidates.remove(newcomer);
        }
        List<Held> largest = largestGroup(candidates, newcomer, MergePolicy::classOf);
        for (Level level : LEVELS) {
            largest = largestGroup(largest, newcomer, level::of);
        }
        return earliest(largest, held -> true);
    }

    /** An origin as far as a level tells it from others. */
    record Level(int ipv4Bytes, int ipv6Bytes) {

        Origin of(Origin origin) {
            return new Origin(origin.kind(), origin.network().map(network -> network.enclosing(ipv4Bytes, ipv6Bytes)));
        }
    }

    /** The largest network of a verified origin; all unverified ones are one. */
    private static Origin classOf(Origin origin) {
        return origin.isProven() ? LEVELS.getFirst().of(origin) : Origin.UNPROVEN;
    }

    private static boolean isOnlyOneOfItsFamily(Held newcomer, List<Held> records) {
        return newcomer.origin().isProven()
                && newcomer.origin()
                        .network()
                        .filter(network -> records.stream()
                                .filter(held -> !held.equals(newcomer))
                                .noneMatch(held -> held.origin()
                                        .network()
                                        .filter(other -> other.isIpv4() == network.isIpv4())
                                        .isPresent()))
                        .isPresent();
    }

    private static List<Held> largestGroup(List<Held> records, Held newcomer, UnaryOperator<Origin> group) {
        Map<Origin, Integer> counts = new LinkedHashMap<>();
        records.forEach(held -> counts.merge(group.apply(held.origin()), 1, Integer::sum));
        int most = counts.values().stream().max(Integer::compare).orElse(0);
        Origin own = group.apply(newcomer.origin());
        Origin largest = counts.getOrDefault(own, 0) == most && records.contains(newcomer)
                ? own
                : counts.entrySet().stream()
                        .filter(entry -> entry.getValue() == most)
                        .findFirst()
                        .orElseThrow()
                        .getKey();
        return records.stream()
                .filter(held -> group.apply(held.origin()).equals(largest))
                .toList();
    }
}
