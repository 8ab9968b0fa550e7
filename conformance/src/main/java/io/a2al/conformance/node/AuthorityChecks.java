package io.a2al.conformance.node;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.mailbox.InvalidMailException;
import io.a2al.protocol.mailbox.SealedMail;
import io.a2al.protocol.record.RecordSigner;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.Topics;
import java.io.IOException;
import java.util.Optional;

/** Who may store what where? (node.md 14 and 15) */
final class AuthorityChecks implements CheckGroup {

    private static final Optional<String> UNBOUND = Optional.of("D-23");
    private static final Optional<String> NO_POLICY = Optional.of("D-22");

    @Override
    public String name() {
        return "authority";
    }

    @Override
    public void run(Prober prober, Findings findings) throws IOException {
        Member member = prober.resident();
        Identity agent = Identity.generate(prober.random());
        Identity victim = Identity.generate(prober.random());
        Optional<NodeId> elsewhere = Optional.of(Samples.key(prober.random()));
        SignedRecord endpoint = Samples.endpoint(agent, 1, Prober.now());
        findings.add(
                "an endpoint record at another key",
                "false",
                Records.refused(prober, member, endpoint, elsewhere, Optional.empty()));
        findings.add(
                "a record with a bad signature",
                "false",
                Records.refused(prober, member, damaged(endpoint), Optional.empty(), Optional.empty()));
        findings.add(
                "somebody else's address",
                "false",
                Records.refused(
                        prober, member, Samples.usurped(agent, victim.address(), false), Optional.empty(), NO_POLICY));
        findings.add(
                "somebody else's address, with a proof that is none",
                "false",
                Records.refused(
                        prober, member, Samples.usurped(agent, victim.address(), true), Optional.empty(), NO_POLICY));

        String topic = "conformance/" + agent.nodeId().toHex().substring(0, 16);
        SignedRecord entry = Samples.topic(agent, topic, "");
        findings.add(
                "an entry at its topic",
                "true, held",
                Records.taken(prober, member, entry, Optional.of(Topics.keyOf(topic))));
        findings.add("an entry at another key", "false", Records.refused(prober, member, entry, elsewhere, UNBOUND));
        SignedRecord mail = mail(prober, agent, victim);
        findings.add(
                "mail at its recipient",
                "true, held",
                Records.taken(prober, member, mail, Optional.of(victim.nodeId())));
        findings.add("mail at another key", "false", Records.refused(prober, member, mail, elsewhere, UNBOUND));
    }

    private static SignedRecord damaged(SignedRecord record) {
        byte[] signature = record.signature().toArray();
        signature[0] ^= 1;
        return SignedRecord.of(
                record.address(),
                record.type(),
                record.payload(),
                record.sequence(),
                record.timestamp(),
                record.ttl(),
                record.publicKey(),
                Bytes.copyOf(signature),
                record.delegation());
    }

    private static SignedRecord mail(Prober prober, Identity sender, Identity recipient) {
        try {
            Bytes payload = SealedMail.seal(
                    sender.address(), recipient.address(), recipient.publicKey(), 3, Bytes.EMPTY, prober.random());
            return RecordSigner.self(sender.newSigner())
                    .sign(RecordType.MAILBOX, payload, 1, Prober.now(), Samples.TTL);
        } catch (InvalidMailException e) {
            throw new IllegalStateException("our own mail is not valid", e);
        }
    }
}
