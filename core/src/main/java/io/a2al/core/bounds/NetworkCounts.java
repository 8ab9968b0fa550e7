package io.a2al.core.bounds;

import io.a2al.protocol.message.Endpoint;
import java.util.HashMap;
import java.util.Map;

/**
 * How many members each network has, of every {@link NetworkLevel}. Has at most three entries per member. Not
 * thread-safe.
 */
public final class NetworkCounts {

    private final Map<Long, Integer> counts = new HashMap<>();

    /** Has counted nothing yet. */
    public NetworkCounts() {}

    /** Counts a member in all networks that it is in. */
    public void add(Endpoint member) {
        for (NetworkLevel level : NetworkLevel.of(member)) {
            counts.merge(level.numberOf(member), 1, Integer::sum);
        }
    }

    /** Takes back {@link #add}. */
    public void remove(Endpoint member) {
        for (NetworkLevel level : NetworkLevel.of(member)) {
            counts.computeIfPresent(level.numberOf(member), (network, count) -> count == 1 ? null : count - 1);
        }
    }

    /** Takes back every {@link #add}. */
    public void clear() {
        counts.clear();
    }

    /** Returns the number of members of the network with this number. */
    public int of(long network) {
        Integer count = counts.get(network);
        return count == null ? 0 : count;
    }

    /** Returns true if none of the networks of a newcomer has reached its limit. */
    public boolean hasRoomFor(Endpoint newcomer, int perSite) {
        for (NetworkLevel level : NetworkLevel.of(newcomer)) {
            if (of(level.numberOf(newcomer)) >= level.limit(perSite)) {
                return false;
            }
        }
        return true;
    }
}
