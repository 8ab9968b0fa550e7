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
 * Stores records of identities that it makes up, as many as it can, anywhere, and says that they are valid for a year.
 */
final class RecordFlood extends Flood {

    private static final int PER_SECOND = 20;
    private static final long YEAR = 31_536_000;
    private static final int PAYLOAD = 400;

    RecordFlood(Conspiracy plot, Stream stream) {
        super(PER_SECOND, plot, stream);
    }

    @Override
    void strike(SimNode self) {
        anyContact(self, (int) stream.nextLong()).ifPresent(contact -> {
            long now = self.now().unixSeconds();
            SignedRecord record = RecordSigner.self(
                            plot.world().crypto().newKeys(stream).signer())
                    .sign(RecordType.AGENT_PROFILE, Bytes.copyOf(new byte[PAYLOAD]), now, now, YEAR);
            self.send(contact.endpoint(), plot.newTransaction(), new Message.Store(record, Optional.empty()));
        });
    }
}
