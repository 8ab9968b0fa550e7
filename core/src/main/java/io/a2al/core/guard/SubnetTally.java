package io.a2al.core.guard;

import io.a2al.core.api.Subnet;
import io.a2al.protocol.message.Endpoint;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts the networks of a sequence of nodes, nearest first. Has at most one entry per node. Not thread-safe.
 */
public final class SubnetTally {

    private final SubnetShare share;
    private final Map<Subnet, Integer> counts = new HashMap<>();

    /** Creates a tally that has counted nothing. */
    public SubnetTally(SubnetShare share) {
        this.share = share;
    }

    /** Counts a node; returns true if it is within the limit of its network. */
    public boolean takes(Endpoint endpoint) {
        return share.exempt().test(endpoint) || counts.merge(Subnet.of(endpoint), 1, Integer::sum) <= share.limit();
    }
}
