package io.a2al.protocol.record;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.cbor.CborException;
import io.a2al.protocol.cbor.CborReader;
import io.a2al.protocol.cbor.CborWriter;
import io.a2al.protocol.crypto.SignatureVerifier;
import io.a2al.protocol.id.Address;
import java.util.Arrays;
import java.util.Optional;

/**
 * A record: a signed statement of an agent about itself (wire.md 10). It is held as its canonical encoding, and its
 * fields are ranges of that, so that it is copied into messages without being encoded again. The lengths of the fields
 * are checked; the signature is not, see {@link RecordVerifier}. Immutable, with value equality over the encoding;
 * thread-safe.
 */
public final class SignedRecord implements Comparable<SignedRecord> {

    private static final int ABSENT = -1;
    private static final int MANDATORY_FIELDS = 8;
    private static final long MAX_U32 = 0xffff_ffffL;

    /** Length of the map's head, map key 1 and the head of its byte string, in bytes. */
    private static final int ADDRESS_AT = 3;

    /** Length of map key 7 and of the head of its byte string, in bytes. */
    private static final int PUBLIC_KEY_HEAD = 3;

    /** Length of the public key, map key 8 and the head of its byte string, in bytes. */
    private static final int PUBLIC_KEY_TO_SIGNATURE = SignatureVerifier.PUBLIC_KEY_LENGTH + 3;

    // A node keeps very many records, so what follows from the canonical form has no field.

    private final byte[] encoded;
    private final int type;
    private final long sequence;
    private final long timestamp;
    private final int ttl;
    private final int payloadAt;
    private final int payloadLength;
    private final int publicKeyAt;

    /** The delegation proof, if there is one, is at the end. */
    private final int delegationLength;

    private SignedRecord(Fields fields, byte[] encoded, int shift) {
        this.encoded = encoded;
        this.type = fields.type;
        this.sequence = fields.sequence;
        this.timestamp = fields.timestamp;
        this.ttl = (int) fields.ttl;
        this.payloadAt = fields.payloadAt - shift;
        this.payloadLength = fields.payloadLength;
        this.publicKeyAt = fields.publicKeyAt - shift;
        this.delegationLength = fields.delegationLength;
    }

    /**
     * Returns a record with the given fields.
     *
     * @param type 0 to 255
     * @param payload opaque bytes; nothing is CBOR null, which differs from an empty payload
     * @param sequence an unsigned 64-bit number
     * @param timestamp Unix seconds, unsigned
     * @param ttl seconds, 0 to 2^32 - 1
     * @param publicKey 32 bytes
     * @param signature 64 bytes
     * @param delegation an encoded delegation proof; an empty byte string counts as none
     * @throws IllegalArgumentException if a value is out of range
     */
    public static SignedRecord of(
            Address address,
            int type,
            Optional<Bytes> payload,
            long sequence,
            long timestamp,
            long ttl,
            Bytes publicKey,
            Bytes signature,
            Optional<Bytes> delegation) {
        CborWriter writer = new CborWriter(256);
        Optional<Bytes> proof = delegation.filter(bytes -> !bytes.isEmpty());
        writer.beginMap(MANDATORY_FIELDS + (proof.isPresent() ? 1 : 0));
        writeSignedFields(writer, address, type, payload, sequence, timestamp, ttl);
        writer.unsigned(7);
        writer.bytes(publicKey);
        writer.unsigned(8);
        writer.bytes(signature);
        proof.ifPresent(bytes -> {
            writer.unsigned(9);
            writer.bytes(bytes);
        });
        try {
            return decode(writer.toBytes());
        } catch (CborException e) {
            throw new IllegalArgumentException("a field of the record is out of range: " + e.getMessage(), e);
        }
    }

    static void writeSignedFields(
            CborWriter writer,
            Address address,
            int type,
            Optional<Bytes> payload,
            long sequence,
            long timestamp,
            long ttl) {
        writer.unsigned(1);
        writer.bytes(address.toBytes());
        writer.unsigned(2);
        writer.unsigned(type);
        writer.unsigned(3);
        payload.ifPresentOrElse(writer::bytes, writer::nil);
        writer.unsigned(4);
        writer.unsigned(sequence);
        writer.unsigned(5);
        writer.unsigned(timestamp);
        writer.unsigned(6);
        writer.unsigned(ttl);
    }

    /** Decodes a byte string that is exactly one record. */
    public static SignedRecord decode(Bytes encoded) throws CborException {
        CborReader reader = CborReader.of(encoded);
        Fields fields = new Fields();
        int pairs = fields.read(reader);
        reader.expectEnd();
        // The reader has an array of its own, which need not be copied again.
        return pairs == fields.known
                ? new SignedRecord(fields, reader.input(), 0)
                : fields.withoutUnknown(reader.input());
    }

    /**
     * Reads a record as the next item of {@code reader}, which must require canonical key order. Fields 1 to 8 must be
     * present; a field 9 that is empty or null counts as absent. Unknown fields are dropped, so that the record can be
     * forwarded (wire.md 10).
     */
    public static SignedRecord read(CborReader reader) throws CborException {
        int start = reader.position();
        Fields fields = new Fields();
        int pairs = fields.read(reader);
        if (pairs == fields.known) {
            return new SignedRecord(fields, Arrays.copyOfRange(reader.input(), start, reader.position()), start);
        }
        return fields.withoutUnknown(reader.input());
    }

    /** Returns the address of the agent that the record is about. */
    public Address address() {
        return Address.read(encoded, ADDRESS_AT);
    }

    /** Returns the 21 bytes of the address. */
    Bytes addressBytes() {
        return Bytes.copyOfRange(encoded, ADDRESS_AT, ADDRESS_AT + Address.LENGTH);
    }

    /** Returns the type number, 0 to 255. */
    public int type() {
        return type;
    }

    /** Returns the category of the type. */
    public RecordCategory category() {
        return RecordCategory.of(type);
    }

    /** Returns the opaque payload, or nothing if the wire has null. */
    public Optional<Bytes> payload() {
        return range(encoded, payloadAt, payloadLength);
    }

    /** Returns the length of the payload, in bytes; 0 if the wire has null. */
    public int payloadLength() {
        return Math.max(payloadLength, 0);
    }

    /** Returns the sequence number, an unsigned 64-bit number. */
    public long sequence() {
        return sequence;
    }

    /** Returns when the record was made, in Unix seconds, unsigned. */
    public long timestamp() {
        return timestamp;
    }

    /** Returns how long the record is valid, in seconds, 0 to 2^32 - 1. */
    public long ttl() {
        return Integer.toUnsignedLong(ttl);
    }

    /** Returns the 32-byte key that signed the record. */
    public Bytes publicKey() {
        return Bytes.copyOfRange(encoded, publicKeyAt, publicKeyAt + SignatureVerifier.PUBLIC_KEY_LENGTH);
    }

    /** Returns the 64-byte signature. */
    public Bytes signature() {
        return Bytes.copyOfRange(encoded, signatureAt(), signatureAt() + SignatureVerifier.SIGNATURE_LENGTH);
    }

    private int signatureAt() {
        return publicKeyAt + PUBLIC_KEY_TO_SIGNATURE;
    }

    /** Returns the encoded delegation proof, if any. The record's signature does not cover it. */
    public Optional<Bytes> delegation() {
        return range(encoded, encoded.length - delegationLength, delegationLength);
    }

    /** Returns this record without its delegation proof. */
    public SignedRecord withoutDelegation() {
        return delegationLength == ABSENT
                ? this
                : of(
                        address(),
                        type,
                        payload(),
                        sequence,
                        timestamp,
                        ttl(),
                        publicKey(),
                        signature(),
                        Optional.empty());
    }

    /** Returns the canonical encoding. */
    public Bytes encoded() {
        return Bytes.copyOf(encoded);
    }

    /** Returns the length of the canonical encoding, in bytes. */
    public int encodedLength() {
        return encoded.length;
    }

    /** Appends the canonical encoding to {@code writer}. */
    public void write(CborWriter writer) {
        writer.raw(encoded, 0, encoded.length);
    }

    /** Returns the bytes that the signature covers (wire.md 10), for signers and verifiers outside this package. */
    public Bytes preimage() {
        byte[] prefix = RecordVerifier.PREIMAGE_PREFIX;
        byte[] preimage = new byte[prefix.length + encoded.length];
        return Bytes.copyOfRange(preimage, 0, writePreimage(prefix, RecordVerifier.SIGNED_FIELDS_HEAD, preimage));
    }

    /**
     * Writes the bytes that the signature covers (wire.md 10) into {@code target} from offset 0 and returns their
     * number. The signed fields come first in the encoding and are copied, not encoded again.
     */
    int writePreimage(byte[] prefix, int fieldsHead, byte[] target) {
        System.arraycopy(prefix, 0, target, 0, prefix.length);
        target[prefix.length] = (byte) fieldsHead;
        int signedTo = publicKeyAt - PUBLIC_KEY_HEAD;
        System.arraycopy(encoded, 1, target, prefix.length + 1, signedTo - 1);
        return prefix.length + signedTo;
    }

    boolean verifySignature(SignatureVerifier verifier, byte[] preimage, int preimageLength) {
        return verifier.verify(publicKey(), preimage, 0, preimageLength, encoded, signatureAt());
    }

    /** Orders by the encodings, so that hash tables find one of many with the same hash quickly. */
    @Override
    public int compareTo(SignedRecord other) {
        return Arrays.compareUnsigned(encoded, other.encoded);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignedRecord that && Arrays.equals(encoded, that.encoded);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encoded);
    }

    @Override
    public String toString() {
        return "SignedRecord[" + address() + " type=" + type + " seq=" + Long.toUnsignedString(sequence) + " timestamp="
                + Long.toUnsignedString(timestamp) + " ttl=" + ttl() + "]";
    }

    private static Optional<Bytes> range(byte[] bytes, int from, int length) {
        return length == ABSENT ? Optional.empty() : Optional.of(Bytes.copyOfRange(bytes, from, from + length));
    }

    /** The fields that one pass over the encoding finds. Offsets count from the start of the reader's array. */
    private static final class Fields {

        private int addressAt;
        private int type;
        private int payloadAt;
        private int payloadLength = ABSENT;
        private long sequence;
        private long timestamp;
        private long ttl;
        private int publicKeyAt;
        private int signatureAt;
        private int delegationAt;
        private int delegationLength = ABSENT;

        /** Number of pairs in the canonical encoding of these fields; fewer than were read if some were unknown. */
        private int known = MANDATORY_FIELDS;

        int read(CborReader reader) throws CborException {
            int start = reader.position();
            int pairs = reader.beginMap();
            int seen = 0;
            for (int key = reader.nextField(); key != CborReader.END; key = reader.nextField()) {
                if (key >= 1 && key <= MANDATORY_FIELDS) {
                    seen++;
                }
                switch (key) {
                    case 1 -> addressAt = reader.bytesOfLength(Address.LENGTH);
                    case 2 -> type = (int) reader.unsigned(255);
                    case 3 -> readPayload(reader);
                    case 4 -> sequence = reader.unsigned();
                    case 5 -> timestamp = reader.unsigned();
                    case 6 -> ttl = reader.unsigned(MAX_U32);
                    case 7 -> publicKeyAt = reader.bytesOfLength(SignatureVerifier.PUBLIC_KEY_LENGTH);
                    case 8 -> signatureAt = reader.bytesOfLength(SignatureVerifier.SIGNATURE_LENGTH);
                    case 9 -> readDelegation(reader);
                    default -> reader.skip();
                }
            }
            if (seen != MANDATORY_FIELDS) {
                throw new CborException("record lacks one of the fields 1 to 8", start);
            }
            return pairs;
        }

        /** Returns a record of these fields, encoded again; they were read from {@code in}. */
        SignedRecord withoutUnknown(byte[] in) {
            return of(
                    Address.read(in, addressAt),
                    type,
                    range(in, payloadAt, payloadLength),
                    sequence,
                    timestamp,
                    ttl,
                    Bytes.copyOfRange(in, publicKeyAt, publicKeyAt + SignatureVerifier.PUBLIC_KEY_LENGTH),
                    Bytes.copyOfRange(in, signatureAt, signatureAt + SignatureVerifier.SIGNATURE_LENGTH),
                    range(in, delegationAt, delegationLength));
        }

        private void readPayload(CborReader reader) throws CborException {
            if (!reader.tryNull()) {
                payloadLength = reader.beginBytes();
                payloadAt = reader.position();
                reader.advance(payloadLength);
            }
        }

        private void readDelegation(CborReader reader) throws CborException {
            if (!reader.tryNull()) {
                int length = reader.beginBytes();
                if (length > 0) {
                    delegationAt = reader.position();
                    delegationLength = length;
                    known++;
                }
                reader.advance(length);
            }
        }
    }
}
