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
 * Fills the mailbox of the most popular agent, and topics, with records of identities that it makes up, so that honest
 * ones are pushed out (known-defects D-26). It asks nobody where the mailbox is, but sends to those near it that it
 * knows.
 */
final class CrowdFlood extends Flood {

    private static final int PER_SECOND = 20;
    private static final long TTL = 3600;
    private static final int PAYLOAD = 300;
    private static final int NEAREST = 8;

    private static final String TOPIC = "flooded";

    CrowdFlood(Conspiracy plot, Stream stream) {
        super(PER_SECOND, plot, stream);
    }

    @Override
    void strike(SimNode self) {
        boolean mail = stream.chance(0.5);
        NodeId key = mail ? plot.victimKey() : Topics.keyOf(TOPIC);
        List<Contact> nearest = self.core().orElseThrow().contacts().stream()
                .sorted(Comparator.comparing(Contact::nodeId, key.byDistance()))
                .limit(NEAREST)
                .toList();
        if (!nearest.isEmpty()) {
            long now = self.now().unixSeconds();
            SignedRecord record = RecordSigner.self(
                            plot.world().crypto().newKeys(stream).signer())
                    .sign(mail ? RecordType.MAILBOX : RecordType.TOPIC, mail ? note() : entry(), now, now, TTL);
            self.send(
                    nearest.get(stream.nextBelow(nearest.size())).endpoint(),
                    plot.newTransaction(),
                    new Message.Store(record, Optional.of(key)));
        }
    }

    private static Bytes entry() {
        return TopicPayload.of(TOPIC, "noise", List.of(), List.of()).encode();
    }

    /** Looks like a sealed note: the recipient, and bytes that nobody but him can tell from others. */
    private Bytes note() {
        byte[] noise = new byte[PAYLOAD];
        stream.nextBytes(noise);
        CborWriter writer = new CborWriter(PAYLOAD + Address.LENGTH);
        writer.beginMap(2);
        writer.unsigned(1);
        writer.bytes(plot.victim().toBytes());
        writer.unsigned(2);
        writer.bytes(Bytes.copyOf(noise));
        return writer.toBytes();
    }
}
