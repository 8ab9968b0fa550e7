package io.a2al.protocol.mailbox;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.cbor.CborException;
import io.a2al.protocol.cbor.CborReader;
import io.a2al.protocol.cbor.CborWriter;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.crypto.KeyAgreement;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.record.RecordCategory;
import io.a2al.protocol.record.SignedRecord;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * Seals notes so that only their recipient can read them, and opens them (wire.md section 15): X25519 with a new key
 * for each note, HKDF-SHA-256, AES-256-GCM. Stateless and thread-safe.
 */
public final class SealedMail {

    /** Longest body, in bytes, that fits a payload of 512 bytes. For types from 24 on it is one byte less. */
    public static final int MAX_BODY = 389;

    /** The first type whose encoding takes two bytes. */
    private static final int TWO_BYTE_TYPE = 24;

    private static final int NONCE_LENGTH = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_LENGTH = 32;
    private static final byte[] SALT = "a2al-mailbox\0".getBytes(StandardCharsets.US_ASCII);

    private SealedMail() {}

    /**
     * Seals a note and returns the payload of its mailbox record.
     *
     * @param recipientKey the 32-byte key that signs the recipient's endpoint record
     * @param type 0 to 255; see {@link Mail}
     * @param body at most {@link #maxBody} bytes
     * @throws IllegalArgumentException if the type is out of range
     * @throws InvalidMailException if the body is too long, or no secret can be agreed on with the recipient's key
     */
    public static Bytes seal(
            Address sender, Address recipient, Bytes recipientKey, int type, Bytes body, SecureRandom random)
            throws InvalidMailException {
        if (type < 0 || type > 0xff) {
            throw new IllegalArgumentException("a type is within 0 to 255, not " + type);
        }
        int limit = maxBody(type);
        require(body.length() <= limit, "the body has " + body.length() + " bytes, the limit is " + limit);
        require(recipientKey.length() == KEY_LENGTH, "recipient key: expected 32 bytes, got " + recipientKey.length());
        byte[] ephemeral = KeyAgreement.generatePrivateKey(random);
        byte[] nonce = new byte[NONCE_LENGTH];
        random.nextBytes(nonce);
        byte[] shared = KeyAgreement.agree(ephemeral, KeyAgreement.toX25519(recipientKey))
                .orElseThrow(() -> new InvalidMailException("recipient key: no secret can be agreed on with it"));
        Bytes ephemeralKey = KeyAgreement.publicKey(ephemeral);
        Bytes plaintext = plaintext(type, body);
        try {
            byte[] sealed = crypt(Cipher.ENCRYPT_MODE, shared, sender, recipient, nonce, plaintext);
            return payload(
                    sender.toBytes(), recipient.toBytes(), ephemeralKey, Bytes.copyOf(sealed), Bytes.copyOf(nonce));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform cannot encrypt with AES-256-GCM", e);
        } finally {
            Arrays.fill(ephemeral, (byte) 0);
            Arrays.fill(shared, (byte) 0);
        }
    }

    /** Returns the length, in bytes, of the longest body of a note of {@code type}. */
    public static int maxBody(int type) {
        return type < TWO_BYTE_TYPE ? MAX_BODY : MAX_BODY - 1;
    }

    /**
     * Returns the length, in bytes, of the payload for a body of {@code bodyLength} bytes, even if that is too long.
     */
    public static int payloadLength(int type, int bodyLength) {
        int plaintextLength = plaintext(type, Bytes.zeros(bodyLength)).length();
        Bytes address = Bytes.zeros(Address.LENGTH);
        Bytes sealed = Bytes.zeros(plaintextLength + TAG_BITS / Byte.SIZE);
        return payload(address, address, Bytes.zeros(KEY_LENGTH), sealed, Bytes.zeros(NONCE_LENGTH))
                .length();
    }

    /**
     * Opens a mailbox record for {@code recipient}, whose endpoint records {@code key} signs. The signature of the
     * mailbox record is not checked.
     *
     * @throws InvalidMailException if the record is not a note for this recipient; the message names the field
     */
    public static Mail open(SignedRecord record, Address recipient, Identity key) throws InvalidMailException {
        if (record.category() != RecordCategory.MAILBOX) {
            throw new InvalidMailException("rec_type: " + record.type() + " is not a mailbox type");
        }
        Sealed sealed = Sealed.decode(record.payload().orElse(Bytes.EMPTY));
        require(sealed.recipient.equals(recipient.toBytes()), "recipient: the note is sealed for another address");
        require(sealed.sender.equals(record.address().toBytes()), "sender_addr: it is not the record's address");
        require(
                sealed.ephemeralKey.length() == KEY_LENGTH,
                "ephemeral_pk: expected 32 bytes, got " + sealed.ephemeralKey.length());
        require(sealed.nonce.length() == NONCE_LENGTH, "nonce: expected 12 bytes, got " + sealed.nonce.length());
        byte[] privateKey = key.x25519PrivateKey();
        Optional<byte[]> shared = KeyAgreement.agree(privateKey, sealed.ephemeralKey);
        Arrays.fill(privateKey, (byte) 0);
        byte[] secret =
                shared.orElseThrow(() -> new InvalidMailException("ephemeral_pk: no secret can be agreed on with it"));
        try {
            byte[] opened = crypt(
                    Cipher.DECRYPT_MODE,
                    secret,
                    record.address(),
                    recipient,
                    sealed.nonce.toArray(),
                    sealed.ciphertext);
            return read(record, Bytes.copyOf(opened));
        } catch (GeneralSecurityException undecipherable) {
            throw new InvalidMailException("ciphertext: not sealed for this key, or changed");
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static byte[] crypt(int mode, byte[] shared, Address sender, Address recipient, byte[] nonce, Bytes input)
            throws GeneralSecurityException {
        byte[] info = sender.toBytes().concat(recipient.toBytes()).toArray();
        SecretKey key = KDF.getInstance("HKDF-SHA256")
                .deriveKey(
                        "AES",
                        HKDFParameterSpec.ofExtract()
                                .addIKM(shared)
                                .addSalt(SALT)
                                .thenExpand(info, KEY_LENGTH));
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        return cipher.doFinal(input.toArray());
    }

    private static Bytes plaintext(int type, Bytes body) {
        CborWriter writer = new CborWriter(body.length() + 16);
        writer.beginMap(2);
        writer.unsigned(1);
        writer.unsigned(type);
        writer.unsigned(2);
        writer.bytes(body);
        return writer.toBytes();
    }

    private static Mail read(SignedRecord record, Bytes plaintext) throws InvalidMailException {
        Note note = new Note();
        readMap("plaintext", plaintext, (key, reader) -> {
            switch (key) {
                case 1 -> note.type = (int) reader.unsigned(0xff);
                case 2 -> note.body = Optional.of(reader.bytes());
                default -> reader.skip();
            }
        });
        return new Mail(record.address(), note.type, note.body, record.sequence(), record.publicKey());
    }

    /** Reads the value of one field. */
    private interface FieldHandler {
        void field(int key, CborReader reader) throws CborException;
    }

    /**
     * Passes each field with a key from 0 to 31 whose value is not null to {@code handler}, by the rules of payloads:
     * any well-formed encoding is accepted, of several values of a key the first counts, and other fields are skipped.
     */
    private static void readMap(String what, Bytes encoded, FieldHandler handler) throws InvalidMailException {
        int seen = 0;
        try {
            CborReader reader = CborReader.lenient(encoded);
            reader.beginMap();
            for (int key = reader.nextField(); key != CborReader.END; key = reader.nextField()) {
                if (key >= Integer.SIZE || (seen & 1 << key) != 0) {
                    reader.skip();
                    continue;
                }
                seen |= 1 << key;
                if (!reader.tryNull()) {
                    handler.field(key, reader);
                }
            }
            reader.expectEnd();
        } catch (CborException e) {
            throw new InvalidMailException(what + ": malformed at byte " + e.offset() + ": " + e.getMessage());
        }
    }

    private static Bytes payload(Bytes sender, Bytes recipient, Bytes ephemeralKey, Bytes ciphertext, Bytes nonce) {
        CborWriter writer = new CborWriter(512);
        writer.beginMap(5);
        writeField(writer, 1, recipient);
        writeField(writer, 2, sender);
        writeField(writer, 3, ephemeralKey);
        writeField(writer, 4, ciphertext);
        writeField(writer, 5, nonce);
        return writer.toBytes();
    }

    private static void writeField(CborWriter writer, int key, Bytes value) {
        writer.unsigned(key);
        writer.bytes(value);
    }

    private static void require(boolean condition, String otherwise) throws InvalidMailException {
        if (!condition) {
            throw new InvalidMailException(otherwise);
        }
    }

    /** The fields of a payload. Absent fields and null are empty here, so that they fail the checks of their length. */
    private static final class Sealed {

        private Bytes recipient = Bytes.EMPTY;
        private Bytes sender = Bytes.EMPTY;
        private Bytes ephemeralKey = Bytes.EMPTY;
        private Bytes ciphertext = Bytes.EMPTY;
        private Bytes nonce = Bytes.EMPTY;

        static Sealed decode(Bytes payload) throws InvalidMailException {
            Sealed sealed = new Sealed();
            readMap("payload", payload, (key, reader) -> {
                if (key < 1 || key > 5) {
                    reader.skip();
                } else {
                    sealed.set(key, reader.bytes());
                }
            });
            return sealed;
        }

        private void set(int key, Bytes value) {
            switch (key) {
                case 1 -> recipient = value;
                case 2 -> sender = value;
                case 3 -> ephemeralKey = value;
                case 4 -> ciphertext = value;
                default -> nonce = value;
            }
        }
    }

    private static final class Note {
        private int type;
        private Optional<Bytes> body = Optional.empty();
    }
}
