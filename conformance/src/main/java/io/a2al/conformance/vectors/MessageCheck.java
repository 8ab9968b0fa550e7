package io.a2al.conformance.vectors;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.crypto.SignatureVerifier;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Envelope;
import io.a2al.protocol.message.Header;
import io.a2al.protocol.message.MalformedMessageException;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageCodec;
import java.util.Optional;

/** Checks messages.json and messages_v029.json: each message byte for byte, and whether v0.1.5 accepts it. */
final class MessageCheck implements FileCheck {

    private final SignatureVerifier signatures = Ed25519.preferred().newVerifier();
    private final MessageCodec codec = new MessageCodec(signatures);

    @Override
    public Outcome check(Fields vector) throws MismatchException, UnsupportedCaseException, MalformedVectorException {
        Identity sender = vector.identity("seed");
        Expect.equal("public key", vector.hex("public_key"), sender.publicKey());
        Expect.equal("sender", vector.address("sender_address"), sender.address());
        Header header = MessageFields.header(vector.object("header"));
        Message message = MessageFields.message(header.type(), vector.object("body"));

        Bytes packet = codec.encodeToBytes(header, message, sender.newSigner());
        checkParts(vector, packet);
        checkDecoded(packet, header, message, sender);
        // A case without this field is a message of v0.1.5.
        checkBasicForm(message, !vector.has("accepted_by_v015") || vector.bool("accepted_by_v015"));
        return new Outcome.Passed();
    }

    private void checkParts(Fields vector, Bytes packet) throws MismatchException, MalformedVectorException {
        Bytes signature = vector.hex("signature");
        PacketParts parts = new PacketParts(packet, vector.hex("header_cbor").length());
        Expect.equal("header", vector.hex("header_cbor"), parts.header());
        Expect.equal("body", vector.hex("body_cbor"), parts.body());
        Expect.equal("signature", signature, parts.signature());
        Expect.holds(
                "the signature covers the preimage",
                signatures.verify(vector.hex("public_key"), vector.hex("signing_preimage"), signature));
        Expect.equal("packet length", vector.number("packet_length"), packet.length());
        Expect.equal("packet", vector.hex("packet"), packet);
    }

    private void checkDecoded(Bytes packet, Header header, Message message, Identity sender) throws MismatchException {
        Envelope envelope;
        try {
            envelope = codec.decode(packet.toArray(), packet.length());
        } catch (MalformedMessageException e) {
            throw new MismatchException("decoding", "a message", String.valueOf(e.getMessage()));
        }
        Expect.holds("the signature is valid", codec.verify(envelope));
        Expect.equal("decoded header", header, envelope.header());
        Expect.equal("decoded message", message, envelope.message());
        Expect.equal("decoded key", sender.publicKey(), envelope.senderKey());
        Expect.equal("decoded sender", sender.address(), envelope.sender());
        Expect.equal("sender's NodeID", sender.nodeId(), envelope.senderId());
        Expect.equal(
                "packet, encoded again",
                packet,
                codec.encodeToBytes(envelope.header(), envelope.message(), sender.newSigner()));
    }

    /** Checks the basic form of a message. v0.1.5 accepts exactly those messages that equal their basic form. */
    private static void checkBasicForm(Message message, boolean acceptedByOlder) throws MismatchException {
        Optional<Message> basicForm = message.basicForm();
        Expect.equal("accepted by v0.1.5", acceptedByOlder, basicForm.equals(Optional.of(message)));
        if (!acceptedByOlder) {
            Expect.equal("basic form", reduced(message), basicForm);
        }
    }

    /** Returns what remains of a v0.2.9 message in a form that v0.1.5 understands, if anything. */
    private static Optional<Message> reduced(Message message) {
        return switch (message) {
            case Message.FindValue(NodeId target, int recordType, boolean ignored) ->
                Optional.of(new Message.FindValue(target, recordType, false));
            case Message.StoreResponse response -> Optional.of(new Message.StoreResponse(response.stored(), false, 0));
            default -> Optional.empty();
        };
    }
}
