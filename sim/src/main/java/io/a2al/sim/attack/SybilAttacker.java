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
 * One of many whose NodeIDs are around one key, nearer than any honest one. About that key it knows nobody but its
 * accomplices and has no record, however many it was given. About all others it is honest, so that everybody knows it.
 */
final class SybilAttacker implements Attacker {

    private final Conspiracy plot;

    SybilAttacker(Conspiracy plot) {
        this.plot = plot;
    }

    @Override
    public void onStarted(SimNode self) {
        plot.addSybil(self);
    }

    @Override
    public boolean takes(SimNode self, Endpoint from, Envelope envelope, Datagram datagram) {
        if (envelope.message() instanceof Message.Store store) {
            boolean attacked =
                    isAttacked(store.key(NodeId.ofAddress(store.record().address())));
            if (attacked) {
                Answers.stored(self, from, envelope);
            }
            return attacked;
        }
        Optional<NodeId> key = Answers.keyOf(envelope.message()).filter(this::isAttacked);
        key.ifPresent(wanted -> Answers.nodes(self, from, envelope, plot.sybils()));
        return key.isPresent();
    }

    private boolean isAttacked(NodeId key) {
        return key.equals(plot.victimKey());
    }
}
