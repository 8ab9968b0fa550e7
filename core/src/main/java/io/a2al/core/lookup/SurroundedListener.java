package io.a2al.core.lookup;

import io.a2al.core.time.NodeTime;
import io.a2al.protocol.id.NodeId;

/**
 * Learns of keys that look surrounded by an attacker; raised by {@link LookupRunner}. Called from within the core; must
 * not throw.
 */
@FunctionalInterface
public interface SurroundedListener {

    /**
     * The nodes nearest to this key are improbably dense, and the nodes of its vicinity confirm it. Raised by each
     * lookup that finds it so.
     *
     * @param vicinity nodes of the vicinity, which are asked or stored at beside the nearest
     */
    void onSurrounded(NodeTime now, NodeId key, int vicinity);
}
