package io.a2al.sim.attack;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.record.RecordSigner;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.sim.engine.Stream;
import io.a2al.sim.world.SimNode;
import java.util.Optional;

/**
 * An attacker that stores records of fabricated identities with a time to live of a year at all nodes that it knows.
 */
final class RecordFlood extends Flood {

    private static final int PER_SECOND = 20;

    /** A year, in seconds. */
    private static final long YEAR = 31_536_000;

    /** Size of a record's payload, in bytes. */
    private static final int PAYLOAD = 400;

    RecordFlood(SharedKnowledge shared, Stream stream) {
        super(PER_SECOND, shared, stream);
    }

    @Override
    void attack(SimNode self) {
        anyContact(self, (int) stream.nextLong()).ifPresent(contact -> {
            long now = self.now().unixSeconds();
            SignedRecord record = RecordSigner.self(
                            shared.world().crypto().newKeys(stream).signer())
                    .sign(RecordType.AGENT_PROFILE, Bytes.copyOf(new byte[PAYLOAD]), now, now, YEAR);
            self.send(contact.endpoint(), shared.newTransaction(), new Message.Store(record, Optional.empty()));
        });
    }
}
