package io.a2al.core.store;

import io.a2al.core.api.Origin;
import io.a2al.core.api.Subnet;
import io.a2al.core.bounds.NetworkLevel;
import io.a2al.protocol.id.NodeId;
import java.util.List;
import java.util.function.Predicate;

/**
 * How many records of a store each network has, of every {@link NetworkLevel}. A network and the larger ones around it
 * are compared by how much of their limits they use. Has at most three entries per record; every step takes the time of
 * a map look-up. Not thread-safe.
 */
final class NetworkShares {

    /** Stands for the network of origins of which none is known. */
    private static final long NONE = 0;

    private static final List<NetworkLevel> SITE_ONLY = List.of(NetworkLevel.SITE);

    private final Shares sites = new Shares();
    private final Shares regions = new Shares();
    private final Shares providers = new Shares();

    /** Records at a key that are to give way, all of one network. */
    record Surplus(NodeId key, Predicate<Origin> from) {}

    void add(NodeId key, Origin origin) {
        for (NetworkLevel level : levelsOf(origin)) {
            at(level).add(key, numberOf(level, origin));
        }
    }

    /** Removes one record; the origin must have one at the key. */
    void remove(NodeId key, Origin origin) {
        for (NetworkLevel level : levelsOf(origin)) {
            at(level).remove(key, numberOf(level, origin));
        }
    }

    /** Returns the number of all records. */
    int total() {
        return sites.total();
    }

    /** Returns true if none of the networks of an origin has reached its limit. */
    boolean hasRoomFor(Origin origin, int perSite) {
        for (NetworkLevel level : levelsOf(origin)) {
            if (at(level).of(numberOf(level, origin)) >= level.limit(perSite)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns true if with one more record, an origin still uses less of its limits than the network that uses most.
     */
    boolean isBelowLargest(Origin origin) {
        long most = 0;
        for (NetworkLevel level : levelsOf(origin)) {
            most = Math.max(most, level.weigh(at(level).of(numberOf(level, origin)) + 1));
        }
        NetworkLevel largest = largest();
        return most < largest.weigh(at(largest).largest());
    }

    /** Returns true if a network has more records than {@code perSite} allows. */
    boolean isOver(int perSite) {
        NetworkLevel largest = largest();
        return at(largest).largest() > largest.limit(perSite);
    }

    /**
     * Returns records of the network that uses most of its limit, those at the key where it changed anything longest
     * ago; there must be a record.
     */
    Surplus surplus() {
        NetworkLevel level = largest();
        long network = at(level).largestNetwork();
        return new Surplus(
                at(level).firstKey(network),
                origin -> levelsOf(origin).contains(level) && numberOf(level, origin) == network);
    }

    /** Returns the level of the network that uses most of its limit, the smallest of several. */
    private NetworkLevel largest() {
        NetworkLevel largest = NetworkLevel.SITE;
        for (NetworkLevel level : NetworkLevel.values()) {
            if (level.weigh(at(level).largest()) > largest.weigh(at(largest).largest())) {
                largest = level;
            }
        }
        return largest;
    }

    private Shares at(NetworkLevel level) {
        return switch (level) {
            case SITE -> sites;
            case REGION -> regions;
            case PROVIDER -> providers;
        };
    }

    private static List<NetworkLevel> levelsOf(Origin origin) {
        return origin.network().map(Subnet::levels).orElse(SITE_ONLY);
    }

    private static long numberOf(NetworkLevel level, Origin origin) {
        return origin.network().map(network -> network.numberOf(level)).orElse(NONE);
    }
}
