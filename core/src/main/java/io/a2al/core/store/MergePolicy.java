package io.a2al.core.store;

import io.a2al.core.api.Origin;
import io.a2al.core.api.Subnet;
import io.a2al.core.bounds.NetworkLevel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * Keeps the records of one group at one key within their limit (node.md section 14). Called after the newcomer was
 * appended in place of its predecessor. Stateless; thread-safe.
 */
interface MergePolicy {

    /** The levels at which networks are told apart. */
    List<NetworkLevel> FROM_LARGE_TO_SMALL = List.of(NetworkLevel.PROVIDER, NetworkLevel.REGION, NetworkLevel.SITE);

    /** Stands for all unverified addresses where networks have numbers. */
    long UNPROVEN = -1;

    /** Stands for the network of an origin of which none is known. */
    long NO_NETWORK = 0;

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
        if (areOfOneOrigin(records)) {
            return earliest(records, held -> true);
        }
        boolean mustStay = isOnlyOneOfItsFamily(newcomer, records.subList(0, records.size() - 1));
        List<Held> candidates = new ArrayList<>(records.size());
        for (Held held : mustStay ? records.subList(0, records.size() - 1) : records) {
            if (!held.origin().isLocal()) {
                candidates.add(held);
            }
        }
        if (candidates.isEmpty()) {
            // All others are records of this node.
            return Optional.of(newcomer);
        }
        List<Held> largest = largestGroup(candidates, newcomer, MergePolicy::classOf);
        for (NetworkLevel level : FROM_LARGE_TO_SMALL) {
            largest = largestGroup(largest, newcomer, origin -> numberOf(level, origin));
        }
        return earliest(largest, held -> true);
    }

    private static boolean areOfOneOrigin(List<Held> records) {
        Origin first = records.getFirst().origin();
        for (Held held : records) {
            if (!held.origin().equals(first)) {
                return false;
            }
        }
        return true;
    }

    /** The largest network of a verified origin; all unverified ones are one. */
    private static long classOf(Origin origin) {
        return origin.isProven() ? numberOf(NetworkLevel.PROVIDER, origin) : UNPROVEN;
    }

    private static long numberOf(NetworkLevel level, Origin origin) {
        return origin.network().map(network -> network.numberOf(level)).orElse(NO_NETWORK);
    }

    private static boolean isOnlyOneOfItsFamily(Held newcomer, List<Held> others) {
        Optional<Subnet> network = newcomer.origin().network();
        if (!newcomer.origin().isProven() || network.isEmpty()) {
            return false;
        }
        for (Held held : others) {
            if (held.origin()
                    .network()
                    .filter(other -> other.isIpv4() == network.get().isIpv4())
                    .isPresent()) {
                return false;
            }
        }
        return true;
    }

    /** Returns the records of the group with the most, of several that of the newcomer, else the first. */
    private static List<Held> largestGroup(List<Held> records, Held newcomer, ToLongFunction<Origin> group) {
        if (records.size() == 1) {
            return records;
        }
        Map<Long, List<Held>> groups = new LinkedHashMap<>();
        for (Held held : records) {
            groups.computeIfAbsent(group.applyAsLong(held.origin()), none -> new ArrayList<>())
                    .add(held);
        }
        List<Held> largest = List.of();
        for (List<Held> members : groups.values()) {
            // The newcomer is the last of all records.
            if (members.size() > largest.size()
                    || (members.size() == largest.size() && members.getLast().equals(newcomer))) {
                largest = members;
            }
        }
        return largest;
    }
}
