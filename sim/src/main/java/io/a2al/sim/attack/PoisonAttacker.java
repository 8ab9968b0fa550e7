package io.a2al.sim.attack;

import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Envelope;
import io.a2al.sim.engine.Stream;
import io.a2al.sim.network.Datagram;
import io.a2al.sim.world.Attacker;
import io.a2al.sim.world.SimNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An attacker that answers with real nodes near the key at wrong addresses: its own, or that of another node
 * (known-defects D-02). A node that trusts it can no longer reach the real nodes, and sends requests to the other node.
 */
final class PoisonAttacker implements Attacker {

    private final SharedKnowledge shared;
    private final Stream stream;

    PoisonAttacker(SharedKnowledge shared, Stream stream) {
        this.shared = shared;
        this.stream = stream;
    }

    @Override
    public boolean takes(SimNode self, Endpoint from, Envelope envelope, Datagram datagram) {
        Optional<NodeId> key = Answers.keyOf(envelope.message());
        key.ifPresent(wanted -> Answers.nodes(self, from, envelope, misplaced(self, wanted)));
        return key.isPresent();
    }

    private List<Contact> misplaced(SimNode self, NodeId key) {
        List<Contact> known = new ArrayList<>(self.core().orElseThrow().contacts());
        known.sort((a, b) -> key.compareDistance(a.nodeId(), b.nodeId()));
        return known.stream()
                .limit(SharedKnowledge.MAX_CONTACTS)
                .map(contact ->
                        contact.at(stream.chance(0.5) ? self.host().endpoint() : shared.anyHonestEndpoint(stream)))
                .toList();
    }
}
