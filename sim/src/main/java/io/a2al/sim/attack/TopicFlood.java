package io.a2al.sim.attack;

import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.record.Topics;
import io.a2al.sim.engine.Stream;
import io.a2al.sim.work.Crowds;
import io.a2al.sim.world.SimNode;
import java.util.Optional;

/**
 * One of many attackers of one provider, each in a network of its own, that fill the first topic of the run with
 * entries of fabricated identities (known-defects D-26). A provider gives that many networks to a customer who asks.
 */
final class TopicFlood extends Flood {

    /** Each time, it stores at all of the nearest nodes. */
    private static final int PER_SECOND = 3;

    private static final String TOPIC = Crowds.name(0);
    private static final NodeId KEY = Topics.keyOf(TOPIC);

    private final NoiseRecords noise;

    TopicFlood(SharedKnowledge shared, Stream stream) {
        super(PER_SECOND, shared, stream);
        this.noise = new NoiseRecords(shared, stream);
    }

    @Override
    void attack(SimNode self) {
        for (Contact contact : nearest(self, KEY)) {
            self.send(
                    contact.endpoint(),
                    shared.newTransaction(),
                    new Message.Store(noise.entry(self, TOPIC), Optional.of(KEY)));
        }
    }
}
