package io.a2al.core.guard;

import io.a2al.core.bounds.NetworkCounts;
import io.a2al.protocol.message.Endpoint;

/**
 * Counts the networks of a sequence of nodes, nearest first. Has at most three entries per node. Not thread-safe.
 */
public final class SubnetTally {

    private final SubnetShare share;
    private final NetworkCounts counts = new NetworkCounts();

    /** Creates a tally that has counted nothing. */
    public SubnetTally(SubnetShare share) {
        this.share = share;
    }

    /**
     * Returns true if a node is within the limits of its networks, and counts it then: a node beyond the limit of its
     * site takes nothing from the network around it.
     */
    public boolean takes(Endpoint endpoint) {
        if (share.exempt().test(endpoint)) {
            return true;
        }
        boolean taken = counts.hasRoomFor(endpoint, share.limit());
        if (taken) {
            counts.add(endpoint);
        }
        return taken;
    }
}
