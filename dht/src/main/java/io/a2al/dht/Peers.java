package io.a2al.dht;

import io.a2al.core.api.Reach;
import io.a2al.core.liveness.PeerHealth;
import io.a2al.dht.shell.CoreDriver;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Whom a node knows. Thread-safe; sends nothing. */
public final class Peers {

    private final CoreDriver driver;

    Peers(CoreDriver driver) {
        this.driver = driver;
    }

    /** The contacts in the routing table, by bucket, each bucket least recently proven first. */
    public List<Contact> contacts() {
        return driver.ask(core -> core.contacts());
    }

    /**
     * Registers a contact that the application knows of. It is used from now on, but others are told of it only while
     * it is not known to be silent, and a contact that is known already is not moved to another address: that takes a
     * proof.
     *
     * @return false if the bucket of this contact is full, so that it waits for a place, or if there are enough
     *     contacts of its network
     * @throws IllegalArgumentException if there can be no such node: its address must be a native one, the NodeID the
     *     address's own, and the endpoint one that can be dialled; nobody else's, either, as a node does not know
     *     itself
     */
    public boolean add(Contact contact) {
        return switch (driver.ask(core -> core.addContact(driver.now(), contact))) {
            case INSERTED, KNOWN -> true;
            case FULL, CROWDED -> false;
            case REFUSED ->
                throw new IllegalArgumentException("not a contact of another node: " + contact + "; it needs a native"
                        + " address, the NodeID of that address, and an IP address and port that can be dialled");
        };
    }

    /** Up to {@code max} contacts at different addresses that are worth trying after a restart, best first. */
    public List<Contact> best(int max) {
        return driver.ask(core -> core.bestContacts(driver.now(), max));
    }

    /** How well a peer answers; {@link PeerHealth.State#UNKNOWN} for a stranger. */
    public PeerHealth.State healthOf(NodeId peer) {
        return driver.ask(core -> core.healthOf(driver.now(), peer));
    }

    /** The smoothed round-trip time to a peer; nothing for one that was never measured. */
    public Optional<Duration> roundTripTo(NodeId peer) {
        return driver.ask(core -> core.roundTripTo(peer));
    }

    /** How many peers answered within the last hour, day and week. */
    public Reach reach() {
        return driver.ask(core -> core.seenPeers().reach(driver.now().unixSeconds()));
    }
}
