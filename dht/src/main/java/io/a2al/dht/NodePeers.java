package io.a2al.dht;

import io.a2al.core.api.Reach;
import io.a2al.core.liveness.PeerHealth;
import io.a2al.dht.shell.CoreDriver;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The peers that a node's core knows. Thread-safe. */
final class NodePeers implements Peers {

    private final CoreDriver driver;

    NodePeers(CoreDriver driver) {
        this.driver = driver;
    }

    @Override
    public List<Contact> contacts() {
        return driver.ask(core -> core.contacts());
    }

    @Override
    public boolean add(Contact contact) {
        Objects.requireNonNull(contact, "contact");
        return switch (driver.ask(core -> core.addContact(driver.now(), contact))) {
            case INSERTED, KNOWN -> true;
            case FULL, CROWDED -> false;
            case REFUSED ->
                throw new IllegalArgumentException("not a contact of another node: " + contact + "; it needs a native"
                        + " address, the NodeID of that address, and an IP address and port that can be dialled");
        };
    }

    @Override
    public List<Contact> best(int max) {
        return max <= 0 ? List.of() : driver.ask(core -> core.bestContacts(driver.now(), max));
    }

    @Override
    public PeerHealth.State healthOf(NodeId peer) {
        Objects.requireNonNull(peer, "peer");
        return driver.ask(core -> core.healthOf(driver.now(), peer));
    }

    @Override
    public Optional<Duration> roundTripTo(NodeId peer) {
        Objects.requireNonNull(peer, "peer");
        return driver.ask(core -> core.roundTripTo(peer));
    }

    @Override
    public Reach reach() {
        return driver.ask(core -> core.seenPeers().reach(driver.now().unixSeconds()));
    }
}
