package io.a2al.sim.attack;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.cbor.CborWriter;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.record.RecordSigner;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.TopicPayload;
import io.a2al.sim.engine.Stream;
import io.a2al.sim.world.SimNode;
import java.util.List;

/** Records of fabricated identities, each of another one. Not thread-safe. */
final class NoiseRecords {

    /** Time to live of the records, in seconds. */
    private static final long TTL = 3600;

    /** Size of a note's payload, in bytes. */
    private static final int PAYLOAD = 300;

    private final SharedKnowledge shared;
    private final Stream stream;

    NoiseRecords(SharedKnowledge shared, Stream stream) {
        this.shared = shared;
        this.stream = stream;
    }

    /** Returns an entry under a topic. */
    SignedRecord entry(SimNode self, String topic) {
        return sign(
                self,
                RecordType.TOPIC,
                TopicPayload.of(topic, "noise", List.of(), List.of()).encode());
    }

    /** Returns a note to the most popular agent. */
    SignedRecord note(SimNode self) {
        return sign(self, RecordType.MAILBOX, sealed());
    }

    private SignedRecord sign(SimNode self, int type, Bytes payload) {
        long now = self.now().unixSeconds();
        return RecordSigner.self(shared.world().crypto().newKeys(stream).signer())
                .sign(type, payload, now, now, TTL);
    }

    /** Returns a payload that looks like a sealed note: the recipient, and bytes that look encrypted. */
    private Bytes sealed() {
        byte[] noise = new byte[PAYLOAD];
        stream.nextBytes(noise);
        CborWriter writer = new CborWriter(PAYLOAD + Address.LENGTH);
        writer.beginMap(2);
        writer.unsigned(1);
        writer.bytes(shared.victim().toBytes());
        writer.unsigned(2);
        writer.bytes(Bytes.copyOf(noise));
        return writer.toBytes();
    }
}
