package io.a2al.protocol.delegation;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.cbor.CborException;
import io.a2al.protocol.cbor.CborReader;
import io.a2al.protocol.cbor.CborWriter;
import io.a2al.protocol.crypto.SignatureVerifier;
import io.a2al.protocol.crypto.Signer;
import io.a2al.protocol.id.Address;
import java.nio.charset.StandardCharsets;

/**
 * A native address's permission for an operational key (wire.md 14.1). Immutable, with value equality; thread-safe.
 *
 * @param masterKey the 32-byte key that owns {@code agent}
 * @param operationalKey the 32-byte key that may act
 * @param agent the address that is acted for
 * @param issuedAt Unix seconds, unsigned
 * @param expiresAt Unix seconds, unsigned; 0 for never
 * @param signature 64 octets by {@code masterKey}
 */
public record DelegationProof(
        Bytes masterKey, Bytes operationalKey, Address agent, long issuedAt, long expiresAt, Bytes signature) {

    /** The only scope there is: everything on the network. */
    public static final int SCOPE_NETWORK = 1;

    private static final int FIELDS = 7;
    private static final Bytes PREIMAGE_PREFIX = Bytes.copyOf("a2al-del\0".getBytes(StandardCharsets.US_ASCII));

    /** Lets {@code operationalKey} act for the address of {@code master}. */
    public static DelegationProof sign(Signer master, Bytes operationalKey, long issuedAt, long expiresAt) {
        Address agent = Address.ofPublicKey(master.publicKey());
        Bytes signature = master.sign(preimage(master.publicKey(), operationalKey, agent, issuedAt, expiresAt));
        return new DelegationProof(master.publicKey(), operationalKey, agent, issuedAt, expiresAt, signature);
    }

    /** True if the master key signed this proof and owns the agent's address. */
    public boolean isSigned(SignatureVerifier verifier) {
        return verifier.verify(masterKey, preimage(masterKey, operationalKey, agent, issuedAt, expiresAt), signature)
                && Address.ofPublicKey(masterKey).equals(agent);
    }

    /** Canonical encoding, as carried in field 9 of a record. */
    public Bytes encode() {
        CborWriter writer = new CborWriter(256);
        writer.beginMap(FIELDS);
        writeSignedFields(writer, masterKey, operationalKey, agent, issuedAt, expiresAt);
        writer.unsigned(7);
        writer.bytes(signature);
        return writer.toBytes();
    }

    /**
     * Reads a proof.
     *
     * @throws CborException if it is malformed, of another address family or of a scope other than 1
     */
    public static DelegationProof decode(Bytes encoded) throws CborException {
        CborReader reader = CborReader.of(encoded, CborReader.KeyOrder.CANONICAL);
        Fields fields = new Fields();
        reader.beginMap();
        for (int key = reader.nextField(); key != CborReader.END; key = reader.nextField()) {
            fields.read(key, reader);
        }
        reader.expectEnd();
        return fields.toProof();
    }

    private static Bytes preimage(Bytes masterKey, Bytes operationalKey, Address agent, long issuedAt, long expiresAt) {
        CborWriter writer = new CborWriter(160);
        writer.raw(PREIMAGE_PREFIX);
        writer.beginMap(FIELDS - 1);
        writeSignedFields(writer, masterKey, operationalKey, agent, issuedAt, expiresAt);
        return writer.toBytes();
    }

    private static void writeSignedFields(
            CborWriter writer, Bytes masterKey, Bytes operationalKey, Address agent, long issuedAt, long expiresAt) {
        writer.unsigned(1);
        writer.bytes(masterKey);
        writer.unsigned(2);
        writer.bytes(operationalKey);
        writer.unsigned(3);
        writer.bytes(agent.toBytes());
        writer.unsigned(4);
        writer.unsigned(issuedAt);
        writer.unsigned(5);
        writer.unsigned(expiresAt);
        writer.unsigned(6);
        writer.unsigned(SCOPE_NETWORK);
    }

    private static final class Fields {

        private Bytes masterKey = Bytes.EMPTY;
        private Bytes operationalKey = Bytes.EMPTY;
        private Bytes agent = Bytes.EMPTY;
        private long issuedAt;
        private long expiresAt;
        private long scope;
        private Bytes signature = Bytes.EMPTY;
        private int present;

        void read(int key, CborReader reader) throws CborException {
            switch (key) {
                case 1 -> masterKey = reader.bytes();
                case 2 -> operationalKey = reader.bytes();
                case 3 -> agent = reader.bytes();
                case 4 -> issuedAt = reader.unsigned();
                case 5 -> expiresAt = reader.unsigned();
                case 6 -> scope = reader.unsigned(255);
                case 7 -> signature = reader.bytes();
                default -> throw new CborException("delegation proof with an unknown field", reader.position());
            }
            present++;
        }

        DelegationProof toProof() throws CborException {
            boolean wellFormed = present == FIELDS
                    && masterKey.length() == SignatureVerifier.PUBLIC_KEY_LENGTH
                    && operationalKey.length() == SignatureVerifier.PUBLIC_KEY_LENGTH
                    && agent.length() == Address.LENGTH
                    && agent.at(0) == Address.NATIVE
                    && scope == SCOPE_NETWORK
                    && signature.length() == SignatureVerifier.SIGNATURE_LENGTH;
            if (!wellFormed) {
                throw new CborException("not a delegation proof of a native address with scope 1", 0);
            }
            return new DelegationProof(masterKey, operationalKey, Address.of(agent), issuedAt, expiresAt, signature);
        }
    }
}
