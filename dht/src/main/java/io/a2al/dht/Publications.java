package io.a2al.dht;

import io.a2al.core.api.PublicationState;
import io.a2al.dht.result.NodeClosedException;
import io.a2al.dht.result.ReplicaCounts;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import java.util.List;

/** All that a node keeps published. Thread-safe. */
public interface Publications {

    /** Returns how many publications there are at present. */
    int count();

    /**
     * Returns the state of each record that this node publishes at {@code key} and that speaks for {@code publisher}.
     */
    List<PublicationState> at(NodeId key, Address publisher);

    /** Returns the same in numbers; zeros if there is none. */
    default ReplicaCounts counts(NodeId key, Address publisher) {
        return ReplicaCounts.of(at(key, publisher));
    }

    /**
     * Ends all publications of records that speak for an address, at any key; the copies of other nodes expire. Returns
     * at once.
     *
     * @return how many there were
     * @throws NodeClosedException if the node is closed
     * @throws IllegalStateException if the node is not started
     */
    int closeAll(Address publisher);
}
