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
 * Answers every question with nodes near the key that it made up (known-defects D-02), never with a record, and says of
 * every record that it is stored. Whoever believes it asks nobody but phantoms.
 */
final class LiarAttacker implements Attacker {

    private final Conspiracy plot;

    LiarAttacker(Conspiracy plot) {
        this.plot = plot;
    }

    @Override
    public boolean takes(SimNode self, Endpoint from, Envelope envelope, Datagram datagram) {
        if (envelope.message() instanceof Message.Store) {
            Answers.stored(self, from, envelope);
            return true;
        }
        Optional<NodeId> key = Answers.keyOf(envelope.message());
        key.ifPresent(wanted -> Answers.nodes(self, from, envelope, plot.inventedNear(wanted)));
        return key.isPresent();
    }
}
