package io.a2al.sim.attack;

import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.TransactionId;
import io.a2al.protocol.record.SignedRecord;
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
 * State shared by the attackers of a run: their victim, each other, and the nodes that they have fabricated. Not
 * thread-safe.
 */
final class SharedKnowledge {

    /** Contacts in one answer; this many always fit in a datagram. */
    static final int MAX_CONTACTS = 14;

    /** Number of fabricated nodes; enough that for any key some are nearer than all real nodes. */
    private static final int FABRICATED = 4096;

    /** First of the networks of fabricated nodes; no host of a run is in these networks. */
    private static final int FIRST_FABRICATED_PREFIX = 4_000_000;

    /** Maximum number of datagrams and records that are remembered as passed on; the oldest are forgotten. */
    private static final int MAX_PASSED_ON = 100_000;

    private final World world;
    private final Address victim;
    private final Stream stream;
    private final TreeMap<NodeId, Contact> fabricated = new TreeMap<>(NodeId.ZERO.byDistance());
    private final List<SimNode> sybils = new ArrayList<>();
    private final List<SimNode> forestallers = new ArrayList<>();
    private final SequencedSet<SignedRecord> forestalled = new LinkedHashSet<>();
    private final SequencedSet<Long> replayed = new LinkedHashSet<>();

    /** Creates the shared state of the attackers of a world. */
    SharedKnowledge(World world, Address victim) {
        this.world = world;
        this.victim = victim;
        this.stream = world.streams().of(Purpose.ATTACK, -1);
    }

    /** Returns the world of the attackers. */
    World world() {
        return world;
    }

    /** Returns the address of the most popular agent, at which targeted attacks are directed. */
    Address victim() {
        return victim;
    }

    /** Returns the key of the most popular agent. */
    NodeId victimKey() {
        return NodeId.ofAddress(victim);
    }

    TransactionId newTransaction() {
        return TransactionId.generate(stream);
    }

    // ---- fabricated nodes -------------------------------------------------------------------------------------

    /** Returns fabricated nodes near a key; no host has their addresses. */
    List<Contact> fabricatedNear(NodeId key) {
        if (fabricated.isEmpty()) {
            fabricate();
        }
        List<Contact> near = new ArrayList<>(MAX_CONTACTS);
        // NodeIDs that share a prefix are adjacent in numerical order.
        collect(fabricated.tailMap(key).values(), MAX_CONTACTS / 2, near);
        collect(fabricated.headMap(key, false).descendingMap().values(), MAX_CONTACTS - near.size(), near);
        return near;
    }

    private static void collect(Collection<Contact> from, int count, List<Contact> to) {
        from.stream().limit(count).forEach(to::add);
    }

    private void fabricate() {
        for (int i = 0; i < FABRICATED; i++) {
            byte[] bytes = new byte[Address.LENGTH];
            stream.nextBytes(bytes);
            bytes[0] = (byte) Address.NATIVE;
            Contact contact = Contact.of(Address.read(bytes, 0), AddressPlan.inPrefix(FIRST_FABRICATED_PREFIX + i, 0));
            fabricated.put(contact.nodeId(), contact);
        }
    }

    // ---- other attackers --------------------------------------------------------------------------------------

    void addSybil(SimNode node) {
        if (!sybils.contains(node)) {
            sybils.add(node);
        }
    }

    /** Returns the sybils around the victim's key that are up, nearest first. */
    List<Contact> sybils() {
        return sybilsNear(victimKey());
    }

    /** Returns the sybils nearest to a key that are up, nearest first. */
    List<Contact> sybilsNear(NodeId key) {
        return sybils.stream()
                .filter(SimNode::isUp)
                .map(SharedKnowledge::contactOf)
                .sorted(Comparator.comparing(Contact::nodeId, key.byDistance()))
                .limit(MAX_CONTACTS)
                .toList();
    }

    private static Contact contactOf(SimNode node) {
        return Contact.of(node.keys().address(), node.host().endpoint());
    }

    /** Returns true on the first call for a datagram, so that attackers do not replay it to each other endlessly. */
    boolean isFirstReplayOf(Datagram datagram) {
        return isFirst(replayed, datagram.digest());
    }

    void addForestaller(SimNode node) {
        if (!forestallers.contains(node)) {
            forestallers.add(node);
        }
    }

    /** Returns the attackers that store records before their publishers do and are up. */
    List<SimNode> forestallers() {
        return forestallers.stream().filter(SimNode::isUp).toList();
    }

    /** Returns true on the first call for a record, so that attackers pass each on once. */
    boolean isFirstCopyOf(SignedRecord record) {
        return isFirst(forestalled, record);
    }

    /** Returns true if attackers have passed on any record. */
    boolean hasForestalled() {
        return !forestalled.isEmpty();
    }

    private static <T> boolean isFirst(SequencedSet<T> passedOn, T next) {
        if (!passedOn.add(next)) {
            return false;
        }
        if (passedOn.size() > MAX_PASSED_ON) {
            passedOn.removeFirst();
        }
        return true;
    }

    /** Returns the address of a random honest participant. */
    Endpoint anyHonestEndpoint(Stream chooser) {
        SimNode node;
        do {
            node = world.nodes().get(chooser.nextBelow(world.nodes().size()));
        } while (!node.isHonest());
        return node.host().endpoint();
    }
}
