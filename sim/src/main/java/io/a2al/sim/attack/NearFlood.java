package io.a2al.sim.attack;

import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.record.Topics;
import io.a2al.sim.engine.Stream;
import io.a2al.sim.world.SimNode;
import java.util.Optional;

/**
 * One of several attackers in a few networks that fill the stores of all nodes that they know with entries under
 * topics, whose names are chosen so that their keys are near the node: nearer than most of what it is to keep
 * (known-defects D-23).
 */
final class NearFlood extends Flood {

    private static final int PER_SECOND = 20;

    /** Names tried for each entry; enough to be nearer to a node than the keys that the node is to keep. */
    private static final int TRIES = 32;

    private final NoiseRecords noise;

    NearFlood(SharedKnowledge shared, Stream stream) {
        super(PER_SECOND, shared, stream);
        this.noise = new NoiseRecords(shared, stream);
    }

    @Override
    void attack(SimNode self) {
        anyContact(self, (int) stream.nextLong()).ifPresent(target -> {
            String topic = nameNear(target.nodeId());
            self.send(
                    target.endpoint(),
                    shared.newTransaction(),
                    new Message.Store(noise.entry(self, topic), Optional.of(Topics.keyOf(topic))));
        });
    }

    private String nameNear(NodeId node) {
        String best = newName();
        for (int i = 1; i < TRIES; i++) {
            String next = newName();
            best = node.isNearer(Topics.keyOf(next), Topics.keyOf(best)) ? next : best;
        }
        return best;
    }

    private String newName() {
        return Long.toHexString(stream.nextLong());
    }
}
