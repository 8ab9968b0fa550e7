package io.a2al.sim.attack;

import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.Topics;
import io.a2al.sim.engine.Stream;
import io.a2al.sim.network.AddressPlan;
import io.a2al.sim.network.Datagram;
import io.a2al.sim.work.Crowds;
import io.a2al.sim.world.SimNode;
import java.util.Optional;

/**
 * An attacker that fills the mailbox of the most popular agent and the first topic of the run with records of
 * fabricated identities. Each datagram has a forged source address: one in which there is no machine, or that of
 * another node, which other nodes have verified (known-defects D-23, D-26).
 */
final class ForgedFlood extends Flood {

    /** Each time, it stores at all of the nearest nodes. */
    private static final int PER_SECOND = 3;

    /** First of the networks in which there is no machine. */
    private static final int FIRST_PREFIX = 6_000_000;

    private static final int PREFIXES = 1 << 16;

    private static final String TOPIC = Crowds.name(0);

    private final NoiseRecords noise;

    ForgedFlood(SharedKnowledge shared, Stream stream) {
        super(PER_SECOND, shared, stream);
        this.noise = new NoiseRecords(shared, stream);
    }

    @Override
    void attack(SimNode self) {
        boolean mail = stream.chance(0.5);
        NodeId key = mail ? shared.victimKey() : Topics.keyOf(TOPIC);
        for (Contact contact : nearest(self, key)) {
            SignedRecord record = mail ? noise.note(self) : noise.entry(self, TOPIC);
            Datagram datagram = shared.world()
                    .encode(
                            shared.newTransaction(),
                            new Message.Store(record, Optional.of(key)),
                            shared.world().crypto().newKeys(stream).signer());
            self.sendAs(source(), contact.endpoint(), datagram);
        }
    }

    private Endpoint source() {
        return stream.chance(0.5)
                ? AddressPlan.inPrefix(FIRST_PREFIX + stream.nextBelow(PREFIXES), 0)
                : shared.anyHonestEndpoint(stream);
    }
}
