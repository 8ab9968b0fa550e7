package io.a2al.dht;

import io.a2al.core.api.Reach;
import io.a2al.core.liveness.PeerHealth;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The peers that a node knows. Sends nothing; works after the node is closed too. Thread-safe. */
public interface Peers {

    /** Returns the contacts in the routing table, by bucket, each bucket least recently verified first. */
    List<Contact> contacts();

    /**
     * Registers a contact that the application knows of. The node uses it from now on, but names it to other nodes only
     * while it is not suspected to be gone. A known contact is not moved to another address; only its own answer does
     * that.
     *
     * @return false if the contact's bucket is full, so that it waits for a place, or if there are enough contacts in
     *     its network
     * @throws IllegalArgumentException if there can be no such node: the contact needs a native address, the NodeID of
     *     that address, and an IP address and port that can be dialled; and it must not be this node
     */
    boolean add(Contact contact);

    /**
     * Returns contacts at different addresses that are worth trying after a restart, best first.
     *
     * @param max most contacts to return; none if it is zero or negative
     */
    List<Contact> best(int max);

    /** Returns how well a peer answers; {@link PeerHealth.State#UNKNOWN} for one that was never asked. */
    PeerHealth.State healthOf(NodeId peer);

    /** Returns the smoothed round-trip time to a peer; empty if it was never measured. */
    Optional<Duration> roundTripTo(NodeId peer);

    /** Returns how many peers answered within the last hour, day and week. */
    Reach reach();
}
