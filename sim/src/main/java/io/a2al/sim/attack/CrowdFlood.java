package io.a2al.sim.attack;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.cbor.CborWriter;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.record.RecordSigner;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.TopicPayload;
import io.a2al.protocol.record.Topics;
import io.a2al.sim.engine.Stream;
import io.a2al.sim.world.SimNode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * An attacker that fills the mailbox of the most popular agent, and a topic, with records of fabricated identities, to
 * evict honest records (known-defects D-26). It makes no lookups, but stores at the nearest nodes that it knows.
 */
final class CrowdFlood extends Flood {

    private static final int PER_SECOND = 20;

    /** Time to live of the records, in seconds. */
    private static final long TTL = 3600;

    /** Size of a note's payload, in bytes. */
    private static final int PAYLOAD = 300;

    /** Number of nodes near the key among which it chooses. */
    private static final int NEAREST = 8;

    private static final String TOPIC = "flooded";

    CrowdFlood(SharedKnowledge shared, Stream stream) {
        super(PER_SECOND, shared, stream);
    }

    @Override
    void attack(SimNode self) {
        boolean mail = stream.chance(0.5);
        NodeId key = mail ? shared.victimKey() : Topics.keyOf(TOPIC);
        List<Contact> nearest = self.core().orElseThrow().contacts().stream()
                .sorted(Comparator.comparing(Contact::nodeId, key.byDistance()))
                .limit(NEAREST)
                .toList();
        if (!nearest.isEmpty()) {
            long now = self.now().unixSeconds();
            SignedRecord record = RecordSigner.self(
                            shared.world().crypto().newKeys(stream).signer())
                    .sign(mail ? RecordType.MAILBOX : RecordType.TOPIC, mail ? note() : entry(), now, now, TTL);
            self.send(
                    nearest.get(stream.nextBelow(nearest.size())).endpoint(),
                    shared.newTransaction(),
                    new Message.Store(record, Optional.of(key)));
        }
    }

    private static Bytes entry() {
        return TopicPayload.of(TOPIC, "noise", List.of(), List.of()).encode();
    }

    /** Returns a payload that looks like a sealed note: the recipient, and bytes that look encrypted. */
    private Bytes note() {
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
