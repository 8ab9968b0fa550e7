package io.a2al.sim.attack;

import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.Topics;
import io.a2al.sim.engine.Stream;
import io.a2al.sim.world.SimNode;
import java.util.List;
import java.util.Optional;

/**
 * An attacker that fills the mailbox of the most popular agent, and a topic, with records of fabricated identities, to
 * evict honest records (known-defects D-26). It makes no lookups, but stores at the nearest nodes that it knows.
 */
final class CrowdFlood extends Flood {

    private static final int PER_SECOND = 20;

    private static final String TOPIC = "flooded";

    private final NoiseRecords noise;

    CrowdFlood(SharedKnowledge shared, Stream stream) {
        super(PER_SECOND, shared, stream);
        this.noise = new NoiseRecords(shared, stream);
    }

    @Override
    void attack(SimNode self) {
        boolean mail = stream.chance(0.5);
        NodeId key = mail ? shared.victimKey() : Topics.keyOf(TOPIC);
        List<Contact> nearest = nearest(self, key);
        if (!nearest.isEmpty()) {
            SignedRecord record = mail ? noise.note(self) : noise.entry(self, TOPIC);
            self.send(
                    nearest.get(stream.nextBelow(nearest.size())).endpoint(),
                    shared.newTransaction(),
                    new Message.Store(record, Optional.of(key)));
        }
    }
}
