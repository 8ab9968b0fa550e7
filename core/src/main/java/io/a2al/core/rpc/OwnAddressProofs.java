package io.a2al.core.rpc;

import io.a2al.core.bounds.BoundedMap;
import io.a2al.core.bounds.Occupancy;
import io.a2al.protocol.id.NodeId;
import java.time.Duration;

/**
 * Nodes to which we have proven our own address, by answering a request of theirs. A node truncates its answers until
 * it has such a proof; knowing which nodes have one tells when to ask again. Bounded: the least recently used node is
 * evicted. Times in nanoseconds. Not thread-safe.
 */
public final class OwnAddressProofs {

    private final long validity;
    private final BoundedMap<NodeId, Long> madeAt;

    /**
     * Remembers at most {@code capacity} nodes.
     *
     * @param validity how long nodes of our kind keep an address verified; nine tenths of it are relied on, as the node
     *     may have taken note earlier or count faster
     */
    public OwnAddressProofs(Duration validity, int capacity) {
        this.validity = validity.toNanos() / 10 * 9;
        madeAt = new BoundedMap<>(capacity);
    }

    /** Notes that we answered a request of this node. A proof is renewed when half of its time is over. */
    public void make(NodeId node, long now) {
        Long at = madeAt.get(node);
        if (at == null || now - at >= validity / 2) {
            madeAt.put(node, now);
        }
    }

    /** Returns the nodes remembered beside their limit. */
    public Occupancy occupancy() {
        return madeAt.occupancy();
    }

    /** Returns true if no node ever asked for a proof. */
    public boolean isEmpty() {
        return madeAt.isEmpty();
    }

    /** Returns true if the node had proof of our address at any time before {@code time}. */
    public boolean wereEverMadeTo(NodeId node, long time) {
        Long at = madeAt.get(node);
        return at != null && at - time <= 0;
    }

    /** Returns true if the node had recent proof of our address at {@code time}. */
    public boolean wereMadeTo(NodeId node, long time) {
        Long at = madeAt.get(node);
        return at != null && wereEverMadeTo(node, time) && time - at < validity;
    }
}
