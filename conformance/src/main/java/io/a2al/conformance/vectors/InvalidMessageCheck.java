package io.a2al.conformance.vectors;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.message.Envelope;
import io.a2al.protocol.message.MalformedMessageException;
import io.a2al.protocol.message.MessageCodec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** Checks messages_invalid.json: which packets are accepted, with each Ed25519 library available on this machine. */
final class InvalidMessageCheck implements FileCheck {

    /** Sender of the packets: key A of the specification's examples, with the seed 00 01 … 1f. */
    private static final Identity SENDER =
            Identity.ofSeed(Bytes.fromHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")
                    .toArray());

    /** Found once, as each library is tested for some hundredths of a second before it counts as available. */
    private static final List<Ed25519> LIBRARIES = Ed25519.available();

    private final SequencedMap<String, MessageCodec> codecs = new LinkedHashMap<>();
    private final Choices choices;

    InvalidMessageCheck(Choices choices) {
        this.choices = choices;
        LIBRARIES.forEach(library -> codecs.put(library.name(), new MessageCodec(library.newVerifier())));
    }

    @Override
    public Outcome check(Fields vector) throws MismatchException, MalformedVectorException {
        byte[] packet = vector.hex("packet").toArray();
        SequencedMap<String, Optional<Envelope>> verdicts = new LinkedHashMap<>();
        codecs.forEach((library, codec) -> verdicts.put(library, accepted(codec, packet)));
        Optional<Envelope> envelope = verdicts.firstEntry().getValue();
        for (Map.Entry<String, Optional<Envelope>> other : verdicts.entrySet()) {
            Expect.equal(
                    "accepted with " + other.getKey(),
                    envelope.isPresent(),
                    other.getValue().isPresent());
        }
        boolean expected = vector.bool("accepted_v029");
        Outcome outcome = choices.verdict(vector, isOpen(vector), expected, envelope.isPresent());
        if (envelope.isPresent() && vector.has("canonical_body")) {
            checkCanonicalForm(vector, envelope.get());
        }
        return outcome;
    }

    /**
     * Returns true if the vectors leave the verdict open. Where v0.1.5 and v0.2.9 differ, the verdict of v0.2.9 is
     * binding, since the flags refer to that of v0.1.5.
     */
    private static boolean isOpen(Fields vector) throws MalformedVectorException {
        boolean older = vector.bool("accepted");
        return older == vector.bool("accepted_v029") && vector.flag(older ? "may_reject" : "may_accept");
    }

    private static Optional<Envelope> accepted(MessageCodec codec, byte[] packet) {
        try {
            return Optional.of(codec.decode(packet, packet.length)).filter(codec::verify);
        } catch (MalformedMessageException e) {
            return Optional.empty();
        }
    }

    private void checkCanonicalForm(Fields vector, Envelope envelope)
            throws MismatchException, MalformedVectorException {
        Bytes encoded =
                codecs.firstEntry().getValue().encodeToBytes(envelope.header(), envelope.message(), SENDER.newSigner());
        PacketParts parts =
                new PacketParts(encoded, vector.hex("canonical_header").length());
        Expect.equal("canonical header", vector.hex("canonical_header"), parts.header());
        Expect.equal("canonical body", vector.hex("canonical_body"), parts.body());
    }
}
