package io.a2al.core.guard;

import io.a2al.core.bounds.NetworkLevel;
import io.a2al.protocol.message.Endpoint;
import java.util.function.Predicate;

/**
 * How many contacts of one site are kept, so that one network cannot fill a routing table with identities; more of a
 * larger network, see {@link NetworkLevel}. Immutable; thread-safe if the predicate is.
 *
 * @param perBucket in one bucket
 * @param perTable in all of them
 * @param exempt endpoints that do not count
 */
public record SubnetLimits(int perBucket, int perTable, Predicate<Endpoint> exempt) {

    /** No limits, for closed networks and vectors. */
    public static final SubnetLimits NONE = new SubnetLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, endpoint -> true);
}
