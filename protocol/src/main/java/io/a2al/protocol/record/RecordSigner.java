package io.a2al.protocol.record;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.cbor.CborWriter;
import io.a2al.protocol.crypto.SignatureVerifier;
import io.a2al.protocol.crypto.Signer;
import io.a2al.protocol.id.Address;
import java.util.Optional;

/**
 * Signs records for one address: that of the signing key, or that of an agent that delegated the key (wire.md 10).
 * Rejects records that no publisher should send. Used by one thread at a time, like the {@link Signer}.
 */
public final class RecordSigner {

    private final Signer signer;
    private final Address address;
    private final Optional<Bytes> delegation;

    private RecordSigner(Signer signer, Address address, Optional<Bytes> delegation) {
        this.signer = signer;
        this.address = address;
        this.delegation = delegation;
    }

    /** Returns a signer for the native address of the key of {@code signer}. */
    public static RecordSigner self(Signer signer) {
        return new RecordSigner(signer, Address.ofPublicKey(signer.publicKey()), Optional.empty());
    }

    /**
     * Returns a signer for {@code address}, which must be the native address of the key of {@code signer}.
     *
     * @throws IllegalArgumentException if it is not
     */
    public static RecordSigner self(Signer signer, Address address) {
        if (!Address.ofPublicKey(signer.publicKey()).equals(address)) {
            throw new IllegalArgumentException(
                    address + " is not the address of the signing key; sign for it with a delegation proof");
        }
        return new RecordSigner(signer, address, Optional.empty());
    }

    /**
     * Returns a signer for an agent that delegated the key of {@code signer}.
     *
     * @param proof an encoded delegation proof; it is put into every record and not checked
     * @throws IllegalArgumentException if the proof is empty
     */
    public static RecordSigner delegated(Signer signer, Address agent, Bytes proof) {
        if (proof.isEmpty()) {
            throw new IllegalArgumentException("the delegation proof is empty");
        }
        return new RecordSigner(signer, agent, Optional.of(proof));
    }

    /** Returns the address that this signer signs for. */
    public Address address() {
        return address;
    }

    /**
     * Signs a record with the given payload.
     *
     * @param sequence an unsigned 64-bit number
     * @param timestamp Unix seconds
     * @param ttl seconds, 1 to 2^32 - 1
     * @throws IllegalArgumentException if the time to live is 0
     * @throws InvalidRecordException if the payload is beyond a limit
     */
    public SignedRecord sign(RecordPayload payload, long sequence, long timestamp, long ttl)
            throws InvalidRecordException {
        payload.checkLimits();
        return signChecked(payload.recordType(), Optional.of(payload.encode()), sequence, timestamp, ttl);
    }

    /**
     * Signs a record with an opaque payload.
     *
     * @param type 2 to 31 or 128 to 143
     * @param sequence an unsigned 64-bit number
     * @param timestamp Unix seconds
     * @param ttl seconds, 1 to 2^32 - 1
     * @throws IllegalArgumentException if the type is not one of these, or the time to live is 0
     */
    public SignedRecord sign(int type, Bytes payload, long sequence, long timestamp, long ttl) {
        boolean supported =
                (type > RecordType.ENDPOINT && type <= 0x1f) || RecordCategory.of(type) == RecordCategory.MAILBOX;
        if (!supported) {
            throw new IllegalArgumentException("records of type " + type + " cannot be signed with an opaque payload");
        }
        return signChecked(type, Optional.of(payload), sequence, timestamp, ttl);
    }

    /**
     * Returns the length, in bytes, that a record of this signer would have, including its delegation proof, if any.
     * Nothing is signed.
     *
     * @param payloadLength length of the payload, in bytes
     */
    public int encodedLength(int type, int payloadLength, long sequence, long timestamp, long ttl) {
        Optional<Bytes> payload = Optional.of(Bytes.zeros(payloadLength));
        Bytes signature = Bytes.zeros(SignatureVerifier.SIGNATURE_LENGTH);
        return SignedRecord.of(
                        address, type, payload, sequence, timestamp, ttl, signer.publicKey(), signature, delegation)
                .encodedLength();
    }

    private SignedRecord signChecked(int type, Optional<Bytes> payload, long sequence, long timestamp, long ttl) {
        if (ttl == 0) {
            throw new IllegalArgumentException("a record needs a time to live of at least one second");
        }
        return signAnything(type, payload, sequence, timestamp, ttl);
    }

    /** Signs whatever it is given; the tests need records that break the rules. */
    SignedRecord signAnything(int type, Optional<Bytes> payload, long sequence, long timestamp, long ttl) {
        CborWriter writer = new CborWriter(256);
        writer.raw(Bytes.copyOf(RecordVerifier.PREIMAGE_PREFIX));
        writer.beginMap(6);
        SignedRecord.writeSignedFields(writer, address, type, payload, sequence, timestamp, ttl);
        Bytes signature = signer.sign(writer.toBytes());
        return SignedRecord.of(
                address, type, payload, sequence, timestamp, ttl, signer.publicKey(), signature, delegation);
    }
}
