package io.a2al.core.guard;

import io.a2al.core.bounds.NetworkLevel;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/**
 * How many nodes of one network are preferred among those nearest to a key, so that a few networks with many identities
 * cannot surround it. Nodes beyond that are not left out: they come last. Immutable; thread-safe if the predicate is.
 *
 * @param limit nodes of one site that keep their place; more of a larger network, see {@link NetworkLevel}
 * @param exempt endpoints that do not count
 */
public record SubnetShare(int limit, Predicate<Endpoint> exempt) {

    /** No limit, for closed networks and vectors. */
    public static final SubnetShare NONE = new SubnetShare(Integer.MAX_VALUE, endpoint -> true);

    /**
     * Returns the same nodes in the same order, except that those beyond the limit of their network come last, in their
     * order.
     *
     * @param nodes nearest first
     */
    public List<Contact> diverseFirst(Collection<Contact> nodes) {
        SubnetTally tally = new SubnetTally(this);
        List<Contact> ordered = new ArrayList<>(nodes.size());
        List<Contact> crowded = new ArrayList<>(0);
        for (Contact node : nodes) {
            (tally.takes(node.endpoint()) ? ordered : crowded).add(node);
        }
        ordered.addAll(crowded);
        return ordered;
    }
}
