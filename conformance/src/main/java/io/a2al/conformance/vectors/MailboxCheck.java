package io.a2al.conformance.vectors;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.cbor.CborException;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.crypto.KeyAgreement;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.mailbox.InvalidMailException;
import io.a2al.protocol.mailbox.Mail;
import io.a2al.protocol.mailbox.SealedMail;
import io.a2al.protocol.record.SignedRecord;
import java.util.Optional;

/** Checks mailbox.json: opens notes, compares their content, and seals those within the size limit again. */
final class MailboxCheck implements FileCheck {

    /** Longest payload that may be sealed, in bytes (wire.md 15). */
    private static final int MAX_PAYLOAD = 512;

    private final Choices choices;

    MailboxCheck(Choices choices) {
        this.choices = choices;
    }

    @Override
    public Outcome check(Fields vector) throws MismatchException, MalformedVectorException {
        Identity key = vector.identity("recipient_seed");
        Address recipient = vector.address("recipient_address");
        SignedRecord record;
        try {
            record = SignedRecord.decode(vector.hex("record_cbor"));
        } catch (CborException e) {
            throw new MismatchException("decoding", "a record", String.valueOf(e.getMessage()));
        }
        Optional<Mail> opened = open(record, recipient, key);
        Outcome outcome = choices.verdict(vector, vector.flag("may_reject"), vector.bool("ok"), opened.isPresent());
        if (opened.isPresent()) {
            checkMail(vector, record, opened.get());
        }
        if (vector.has("intermediate")) {
            Fields values = vector.object("intermediate");
            checkKeys(values, key);
            checkSealed(vector, values, record, recipient, key);
        }
        return outcome;
    }

    private static void checkMail(Fields vector, SignedRecord record, Mail mail)
            throws MismatchException, MalformedVectorException {
        Optional<Bytes> body = vector.optionalHex("body");
        Mail expected = new Mail(
                vector.address("sender"), vector.number("msg_type"), body, vector.u64("seq"), record.publicKey());
        Expect.equal("mail", expected, mail);
        Expect.equal("body", body.orElse(Bytes.EMPTY), mail.body());
    }

    private static void checkKeys(Fields values, Identity key) throws MismatchException, MalformedVectorException {
        Bytes recipientKey = values.hex("recipient_x25519_public");
        byte[] recipientPrivate = key.x25519PrivateKey();
        Expect.equal("recipient's Ed25519 key", values.hex("recipient_ed25519_public"), key.publicKey());
        Expect.equal("recipient's X25519 key", recipientKey, KeyAgreement.toX25519(key.publicKey()));
        Expect.equal(
                "recipient's private key",
                values.hex("recipient_x25519_private_clamped"),
                Bytes.copyOf(recipientPrivate));
        Expect.equal("its public key", recipientKey, KeyAgreement.publicKey(recipientPrivate));

        byte[] ephemeral = values.hex("ephemeral_private").toArray();
        Bytes ephemeralKey = values.hex("ephemeral_public");
        Optional<Bytes> shared = Optional.of(values.hex("shared_secret"));
        Expect.equal("ephemeral key", ephemeralKey, KeyAgreement.publicKey(ephemeral));
        Expect.equal(
                "sender's secret",
                shared,
                KeyAgreement.agree(ephemeral, recipientKey).map(Bytes::copyOf));
        Expect.equal(
                "recipient's secret",
                shared,
                KeyAgreement.agree(recipientPrivate, ephemeralKey).map(Bytes::copyOf));
    }

    private static void checkSealed(Fields vector, Fields values, SignedRecord record, Address recipient, Identity key)
            throws MismatchException, MalformedVectorException {
        Bytes payload = values.hex("payload_cbor");
        Expect.equal("payload", Optional.of(payload), record.payload());
        Expect.equal("payload length", values.number("payload_length"), payload.length());
        Address sender = values.identity("sender_seed").address();
        Expect.equal("sender", values.address("sender_address"), sender);
        Optional<Bytes> body = vector.optionalHex("body");
        if (body.isEmpty() || payload.length() > MAX_PAYLOAD) {
            return;
        }
        // With the same ephemeral key and nonce, sealing must give the same payload. This checks key derivation and
        // cipher.
        ScriptedRandom random = new ScriptedRandom(values.hex("ephemeral_private"), values.hex("nonce"));
        try {
            Expect.equal(
                    "payload, sealed again",
                    payload,
                    SealedMail.seal(sender, recipient, key.publicKey(), vector.number("msg_type"), body.get(), random));
        } catch (InvalidMailException e) {
            throw new MismatchException("sealing", "a payload", String.valueOf(e.getMessage()));
        }
    }

    private static Optional<Mail> open(SignedRecord record, Address recipient, Identity key) {
        try {
            return Optional.of(SealedMail.open(record, recipient, key));
        } catch (InvalidMailException e) {
            return Optional.empty();
        }
    }
}
