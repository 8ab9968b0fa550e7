package io.a2al.sim.attack;

import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.TransactionId;
import io.a2al.sim.engine.Purpose;
import io.a2al.sim.engine.Stream;
import io.a2al.sim.network.AddressPlan;
import io.a2al.sim.network.Datagram;
import io.a2al.sim.world.SimNode;
import io.a2al.sim.world.World;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.TreeMap;

/**
 * What the attackers of a run know together: whom they are after, each other, and what they made up. Not thread-safe.
 */
final class Conspiracy {

    /** Contacts in one answer; so many fit, whatever the address of the asker. */
    static final int MAX_CONTACTS = 14;

    /** So many invented nodes that those nearest to any key are nearer than nodes that exist. */
    private static final int INVENTIONS = 4096;

    /** The networks that invented nodes seem to be in begin here; none of a run is. */
    private static final int FIRST_INVENTED_PREFIX = 4_000_000;

    private static final int MAX_REPLAYED = 100_000;

    private final World world;
    private final Address victim;
    private final Stream stream;
    private final TreeMap<NodeId, Contact> inventions = new TreeMap<>(NodeId.ZERO.byDistance());
    private final List<SimNode> sybils = new ArrayList<>();
    private final SequencedSet<Long> replayed = new LinkedHashSet<>();

    /** Attackers of this world, who are after the agent with this address. */
    Conspiracy(World world, Address victim) {
        this.world = world;
        this.victim = victim;
        this.stream = world.streams().of(Purpose.ATTACK, -1);
    }

    /** The world they live in. */
    World world() {
        return world;
    }

    /** The most popular agent, whom those are after who are after somebody. */
    Address victim() {
        return victim;
    }

    /** The key of the most popular agent. */
    NodeId victimKey() {
        return NodeId.ofAddress(victim);
    }

    TransactionId newTransaction() {
        return TransactionId.generate(stream);
    }

    // ---- inventions -------------------------------------------------------------------------------------------

    /** Nodes that do not exist, near this key; nobody is at their addresses. */
    List<Contact> inventedNear(NodeId key) {
        if (inventions.isEmpty()) {
            invent();
        }
        List<Contact> near = new ArrayList<>(MAX_CONTACTS);
        // Nodes that share a prefix are neighbours by number.
        collect(inventions.tailMap(key).values(), MAX_CONTACTS / 2, near);
        collect(inventions.headMap(key, false).descendingMap().values(), MAX_CONTACTS - near.size(), near);
        return near;
    }

    private static void collect(Collection<Contact> from, int count, List<Contact> to) {
        from.stream().limit(count).forEach(to::add);
    }

    private void invent() {
        for (int i = 0; i < INVENTIONS; i++) {
            byte[] bytes = new byte[Address.LENGTH];
            stream.nextBytes(bytes);
            bytes[0] = (byte) Address.NATIVE;
            Contact contact = Contact.of(Address.read(bytes, 0), AddressPlan.inPrefix(FIRST_INVENTED_PREFIX + i, 0));
            inventions.put(contact.nodeId(), contact);
        }
    }

    // ---- accomplices ------------------------------------------------------------------------------------------

    void addSybil(SimNode node) {
        if (!sybils.contains(node)) {
            sybils.add(node);
        }
    }

    /** Those around the victim's key, the nearest first. */
    List<Contact> sybils() {
        return sybils.stream()
                .filter(SimNode::isUp)
                .map(Conspiracy::contactOf)
                .sorted(Comparator.comparing(Contact::nodeId, victimKey().byDistance()))
                .limit(MAX_CONTACTS)
                .toList();
    }

    private static Contact contactOf(SimNode node) {
        return Contact.of(node.keys().address(), node.host().endpoint());
    }

    /** True for one of them: so that no two attackers replay to each other for ever. */
    boolean isFirstReplayOf(Datagram datagram) {
        if (!replayed.add(datagram.digest())) {
            return false;
        }
        if (replayed.size() > MAX_REPLAYED) {
            replayed.removeFirst();
        }
        return true;
    }

    /** The address of some honest participant. */
    Endpoint anyHonestEndpoint(Stream chooser) {
        SimNode node;
        do {
            node = world.nodes().get(chooser.nextBelow(world.nodes().size()));
        } while (!node.isHonest());
        return node.host().endpoint();
    }
}
