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
 * One of many attackers whose NodeIDs are nearer to one key than those of honest nodes. For that key it returns only
 * the other sybils and no record, and confirms every STORE without storing. For all other keys it is honest, so that it
 * stays in routing tables.
 */
final class SybilAttacker implements Attacker {

    private final SharedKnowledge shared;

    SybilAttacker(SharedKnowledge shared) {
        this.shared = shared;
    }

    @Override
    public void onStarted(SimNode self) {
        shared.addSybil(self);
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
        key.ifPresent(wanted -> Answers.nodes(self, from, envelope, shared.sybils()));
        return key.isPresent();
    }

    private boolean isAttacked(NodeId key) {
        return key.equals(shared.victimKey());
    }
}
