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
 * Tells of nodes that exist, and are near the key, but are somewhere else: the address is its own, or that of a third
 * one (known-defects D-02). Who takes its word loses the way to them, and bothers the third one.
 */
final class PoisonAttacker implements Attacker {

    private final Conspiracy plot;
    private final Stream stream;

    PoisonAttacker(Conspiracy plot, Stream stream) {
        this.plot = plot;
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
                .limit(Conspiracy.MAX_CONTACTS)
                .map(contact ->
                        contact.at(stream.chance(0.5) ? self.host().endpoint() : plot.anyHonestEndpoint(stream)))
                .toList();
    }
}
