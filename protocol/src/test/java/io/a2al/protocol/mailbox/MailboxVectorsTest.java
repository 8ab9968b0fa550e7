package io.a2al.protocol.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.crypto.KeyAgreement;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.testing.Choices;
import io.a2al.protocol.testing.Vectors;
import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MailboxVectorsTest {

    private final Choices choices = Choices.load("mailbox");
    private int sealedAgain;

    @Test
    void everyNoteIsOpenedOrRefusedLikeByTheReference() {
        Vectors.load("mailbox.json").run(this::check);
        choices.checkComplete();
        assertThat(sealedAgain)
                .as("notes that we seal ourselves, byte for byte")
                .isGreaterThan(8);
    }

    private void check(JsonNode vector) throws Exception {
        Identity key = Identity.ofSeed(Vectors.hex(vector, "recipient_seed").toArray());
        Address recipient = Address.of(Vectors.hex(vector, "recipient_address"));
        SignedRecord record = SignedRecord.decode(Vectors.hex(vector, "record_cbor"));
        Optional<Mail> opened = tryOpen(record, recipient, key);
        boolean expected = Vectors.bool(vector, "ok");
        if (Vectors.flag(vector, "may_reject")) {
            expected = choices.expected(vector, opened.isPresent());
        }
        assertThat(opened.isPresent()).as("opened").isEqualTo(expected);
        if (opened.isPresent()) {
            Optional<Bytes> body = Vectors.optionalHex(vector, "body");
            assertThat(opened.get())
                    .isEqualTo(new Mail(
                            Address.of(Vectors.hex(vector, "sender")),
                            Vectors.number(vector, "msg_type"),
                            body,
                            Vectors.u64(vector, "seq"),
                            record.publicKey()));
            assertThat(opened.get().body()).isEqualTo(body.orElse(Bytes.EMPTY));
        }
        if (vector.has("intermediate")) {
            checkIntermediate(vector, vector.get("intermediate"), key, recipient, record);
        }
    }

    private void checkIntermediate(
            JsonNode vector, JsonNode values, Identity key, Address recipient, SignedRecord record) throws Exception {
        Bytes recipientKey = Vectors.hex(values, "recipient_x25519_public");
        byte[] recipientPrivate = key.x25519PrivateKey();
        assertThat(key.publicKey()).isEqualTo(Vectors.hex(values, "recipient_ed25519_public"));
        assertThat(KeyAgreement.toX25519(key.publicKey())).isEqualTo(recipientKey);
        assertThat(Bytes.copyOf(recipientPrivate)).isEqualTo(Vectors.hex(values, "recipient_x25519_private_clamped"));
        assertThat(KeyAgreement.publicKey(recipientPrivate)).isEqualTo(recipientKey);

        byte[] ephemeral = Vectors.hex(values, "ephemeral_private").toArray();
        Bytes ephemeralKey = Vectors.hex(values, "ephemeral_public");
        Bytes shared = Vectors.hex(values, "shared_secret");
        assertThat(KeyAgreement.publicKey(ephemeral)).isEqualTo(ephemeralKey);
        assertThat(KeyAgreement.agree(ephemeral, recipientKey).map(Bytes::copyOf))
                .contains(shared);
        assertThat(KeyAgreement.agree(recipientPrivate, ephemeralKey).map(Bytes::copyOf))
                .contains(shared);

        Bytes payload = Vectors.hex(values, "payload_cbor");
        assertThat(record.payload()).contains(payload);
        assertThat(payload.length()).isEqualTo(Vectors.number(values, "payload_length"));
        Identity sender = Identity.ofSeed(Vectors.hex(values, "sender_seed").toArray());
        assertThat(sender.address().toBytes()).isEqualTo(Vectors.hex(values, "sender_address"));
        Optional<Bytes> body = Vectors.optionalHex(vector, "body");
        boolean withinLimit = payload.length() <= 512;
        if (body.isPresent() && withinLimit) {
            // With the same ephemeral key and nonce the same payload comes out: key derivation and cipher included.
            SecureRandom random =
                    new FixedRandom(ephemeral, Vectors.hex(values, "nonce").toArray());
            assertThat(SealedMail.seal(
                            sender.address(),
                            recipient,
                            key.publicKey(),
                            Vectors.number(vector, "msg_type"),
                            body.get(),
                            random))
                    .isEqualTo(payload);
            sealedAgain++;
        }
    }

    private static Optional<Mail> tryOpen(SignedRecord record, Address recipient, Identity key) {
        try {
            return Optional.of(SealedMail.open(record, recipient, key));
        } catch (InvalidMailException e) {
            return Optional.empty();
        }
    }

    /** Hands out fixed octets in the order of the calls. */
    private static final class FixedRandom extends SecureRandom {

        private static final long serialVersionUID = 1L;

        private final byte[] first;
        private final byte[] second;
        private int calls;

        FixedRandom(byte[] first, byte[] second) {
            this.first = first;
            this.second = second;
        }

        @Override
        public void nextBytes(byte[] octets) {
            byte[] source = calls++ == 0 ? first : second;
            assertThat(octets).hasSameSizeAs(source);
            System.arraycopy(source, 0, octets, 0, octets.length);
        }
    }
}
