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

/** What every answer must look like for nodes of all generations to read it. Stateless. */
final class Shape {

    private Shape() {}

    /** Signed, within one datagram, and byte for byte what the older generation would encode. */
    static Seen of(Optional<Arrival> answer) {
        if (answer.isEmpty()) {
            return Seen.bad("no answer");
        }
        Arrival arrival = answer.get();
        Envelope envelope = arrival.envelope().orElseThrow();
        if (arrival.datagram().length() > MessageCodec.MAX_DATAGRAM) {
            return Seen.bad(arrival.datagram().length() + " bytes");
        }
        if (!encodeAs(envelope).equals(withoutSignature(arrival.datagram()))) {
            return Seen.bad("not canonical, or with fields of its own");
        }
        boolean basic = envelope.message().basicForm().equals(Optional.of(envelope.message()));
        return basic
                ? Seen.good(arrival.toString())
                : Seen.known("with fields that nodes of the older generation drop it for", "D-46");
    }

    /** Whether contacts can all be nodes. */
    static Seen ofContacts(List<Contact> contacts) {
        long odd = contacts.stream().filter(contact -> !contact.isGenuine()).count();
        return odd == 0
                ? Seen.good(contacts.size() + " contacts")
                : Seen.bad(odd + " of " + contacts.size() + " cannot be nodes");
    }

    private static Bytes encodeAs(Envelope envelope) {
        Signer nobody = new Signer() {
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
        return withoutSignature(codec.encodeToBytes(envelope.header(), message, nobody));
    }

    private static Bytes withoutSignature(Bytes datagram) {
        return datagram.slice(0, datagram.length() - SignatureVerifier.SIGNATURE_LENGTH);
    }
}
