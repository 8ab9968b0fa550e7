package io.a2al.core.routing;

import io.a2al.core.bounds.BoundedMap;
import io.a2al.core.bounds.Occupancy;
import io.a2al.protocol.id.NodeId;
import java.time.Duration;

/**
 * Which nodes we answered a PING of, and so gave proof of our address. Others keep their answers short until they have
 * such proof; who knows that can ask again at the right time. Bounded: the node not heard of for longest is forgotten.
 * Not thread-safe.
 */
public final class OwnAddressProofs {

    /** Nodes of our kind go by a proof for ten minutes; a little less is safe. */
    private static final long VALIDITY = Duration.ofMinutes(9).toNanos();

    private final BoundedMap<NodeId, Long> madeAt;

    public OwnAddressProofs(int capacity) {
        madeAt = new BoundedMap<>(capacity);
    }

    /** We answered a PING of this node. */
    public void make(NodeId node, long now) {
        madeAt.put(node, now);
    }

    /** Nodes remembered. */
    public Occupancy occupancy() {
        return madeAt.occupancy();
    }

    /** True if nobody ever asked. */
    public boolean isEmpty() {
        return madeAt.isEmpty();
    }

    /** True if the node had proof of our address at any time before {@code time}. */
    public boolean wereEverMadeTo(NodeId node, long time) {
        Long at = madeAt.get(node);
        return at != null && at - time <= 0;
    }

    /** True if the node had recent proof of our address at {@code time}. */
    public boolean wereMadeTo(NodeId node, long time) {
        Long at = madeAt.get(node);
        return at != null && wereEverMadeTo(node, time) && time - at < VALIDITY;
    }
}
