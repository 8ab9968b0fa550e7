package io.a2al.core.guard;

import io.a2al.core.api.Subnet;
import io.a2al.protocol.message.Endpoint;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts networks while somebody goes through nodes, nearest first. As large as the number of nodes. Not thread-safe.
 */
public final class SubnetTally {

    private final SubnetShare share;
    private final Map<Subnet, Integer> counts = new HashMap<>();

    /** Nothing is counted yet. */
    public SubnetTally(SubnetShare share) {
        this.share = share;
    }

    /** Counts a node; true if it is within the limit of its network. */
    public boolean takes(Endpoint endpoint) {
        return share.exempt().test(endpoint) || counts.merge(Subnet.of(endpoint), 1, Integer::sum) <= share.limit();
    }
}
