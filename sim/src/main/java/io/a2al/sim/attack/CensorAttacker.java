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
 * One of many attackers that hide one record, as censors of IPFS do (Sridhar et al., NDSS 2024). Its NodeID is nearer
 * to the key than those of honest nodes. It confirms a STORE at the key without storing, returns no record for the key,
 * and for all keys around it names only its accomplices. For keys far from it, it is honest, so that it stays in
 * routing tables.
 */
final class CensorAttacker implements Attacker {

    /** Keys that share so many bits with the attacked one are around it: more of them than a lookup reaches. */
    private static final int BITS_AROUND = 5;

    private final SharedKnowledge shared;

    CensorAttacker(SharedKnowledge shared) {
        this.shared = shared;
    }

    @Override
    public void onStarted(SimNode self) {
        shared.addSybil(self);
    }

    @Override
    public boolean takes(SimNode self, Endpoint from, Envelope envelope, Datagram datagram) {
        if (envelope.message() instanceof Message.Store store) {
            NodeId key = store.key(NodeId.ofAddress(store.record().address()));
            boolean attacked = key.equals(shared.victimKey());
            if (attacked) {
                Answers.stored(self, from, envelope);
            }
            return attacked;
        }
        Optional<NodeId> key = Answers.keyOf(envelope.message()).filter(this::isAround);
        key.ifPresent(wanted -> Answers.nodes(self, from, envelope, shared.sybilsNear(wanted)));
        return key.isPresent();
    }

    private boolean isAround(NodeId key) {
        return key.commonPrefixLength(shared.victimKey()) >= BITS_AROUND;
    }
}
