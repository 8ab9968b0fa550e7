package io.a2al.conformance.node;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.SignatureVerifier;
import io.a2al.protocol.crypto.Signer;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Envelope;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageCodec;
import java.util.List;
import java.util.Optional;

/** Checks the format that an answer must have so that nodes of all protocol versions can read it. Stateless. */
final class AnswerFormat {

    static final String EXPECTED = "canonical, one datagram, no new fields";

    private AnswerFormat() {}

    /**
     * Checks that an answer fits into one datagram and that its encoding is, byte for byte, the one of the first
     * protocol version.
     */
    static Observation check(Optional<Arrival> answer) {
        if (answer.isEmpty()) {
            return Observation.fail("no answer");
        }
        Arrival arrival = answer.get();
        Envelope envelope = arrival.envelope().orElseThrow();
        if (arrival.datagram().length() > MessageCodec.MAX_DATAGRAM) {
            return Observation.fail(arrival.datagram().length() + " bytes");
        }
        if (!encodeAs(envelope).equals(withoutSignature(arrival.datagram()))) {
            return Observation.fail("not canonical, or with unknown fields");
        }
        boolean basic = envelope.message().basicForm().equals(Optional.of(envelope.message()));
        return basic
                ? Observation.pass(arrival.toString())
                : Observation.knownDefect("has fields for which v0.1.5 nodes drop it", "D-46");
    }

    /** Checks that all NodeIDs match their addresses and that all endpoints are dialable. */
    static Observation checkContacts(List<Contact> contacts) {
        long invalid = contacts.stream().filter(contact -> !contact.isGenuine()).count();
        return invalid == 0
                ? Observation.pass(contacts.size() + " contacts")
                : Observation.fail(invalid + " of " + contacts.size() + " are invalid");
    }

    private static Bytes encodeAs(Envelope envelope) {
        Signer unsigned = new Signer() {
            @Override
            public Bytes publicKey() {
                return envelope.senderKey();
            }

            @Override
            public void sign(byte[] message, int from, int to, byte[] target, int targetAt) {
                // The signature is not compared.
            }
        };
        Message message = envelope.message();
        MessageCodec codec = new MessageCodec((publicKey, bytes, from, to, signature, signatureAt) -> false);
        return withoutSignature(codec.encodeToBytes(envelope.header(), message, unsigned));
    }

    private static Bytes withoutSignature(Bytes datagram) {
        return datagram.slice(0, datagram.length() - SignatureVerifier.SIGNATURE_LENGTH);
    }
}
