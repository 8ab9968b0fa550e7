package io.a2al.sim.attack;

import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Envelope;
import io.a2al.protocol.message.Message;
import io.a2al.sim.network.Datagram;
import io.a2al.sim.world.Attacker;
import io.a2al.sim.world.SimNode;
import java.util.Optional;

/**
 * An attacker that answers every request for nodes or records with fabricated nodes near the key (known-defects D-02),
 * never returns a record, and confirms every STORE without storing. A node that trusts it asks only nodes that do not
 * exist.
 */
final class LiarAttacker implements Attacker {

    private final SharedKnowledge shared;

    LiarAttacker(SharedKnowledge shared) {
        this.shared = shared;
    }

    @Override
    public boolean takes(SimNode self, Endpoint from, Envelope envelope, Datagram datagram) {
        if (envelope.message() instanceof Message.Store) {
            Answers.stored(self, from, envelope);
            return true;
        }
        Optional<NodeId> key = Answers.keyOf(envelope.message());
        key.ifPresent(wanted -> Answers.nodes(self, from, envelope, shared.fabricatedNear(wanted)));
        return key.isPresent();
    }
}
