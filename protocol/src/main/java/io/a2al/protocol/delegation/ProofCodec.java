package io.a2al.protocol.delegation;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.cbor.CborException;
import io.a2al.protocol.cbor.CborReader;
import io.a2al.protocol.cbor.CborWriter;
import io.a2al.protocol.crypto.SignatureVerifier;
import io.a2al.protocol.delegation.InvalidDelegationException.Field;
import io.a2al.protocol.id.Address;
import java.nio.charset.StandardCharsets;

/**
 * Encodes and decodes delegation proofs (wire.md section 14): maps of which native and wallet proofs omit different
 * fields. Stateless and thread-safe.
 */
final class ProofCodec {

    private static final int SIGNED_FIELDS = 6;
    private static final int FIELDS = 7;
    private static final int LAST_KEY = 8;

    /** Longest encoding that is decoded, in bytes; no datagram carries one nearly as long. */
    private static final int MAX_BYTES = 65_536;

    private static final Bytes PREIMAGE_PREFIX = Bytes.copyOf("a2al-del\0".getBytes(StandardCharsets.US_ASCII));

    private ProofCodec() {}

    static Bytes encode(DelegationProof proof) {
        Delegation delegation = proof.delegation();
        CborWriter writer = new CborWriter(512);
        writer.beginMap(FIELDS);
        switch (proof.authorization()) {
            case Authorization.ByMasterKey(Bytes masterKey, Bytes signature) -> {
                writeField(writer, 1, masterKey);
                writeDelegation(writer, delegation);
                writeField(writer, 7, signature);
            }
            case Authorization.ByWallet(String message, Bytes signature) -> {
                writeDelegation(writer, delegation);
                writeField(writer, 7, signature);
                writer.unsigned(8);
                writer.text(message);
            }
        }
        return writer.toBytes();
    }

    /** Returns the bytes that the master key of a native owner signs (14.1). */
    static Bytes preimage(Delegation delegation, Bytes masterKey) {
        CborWriter writer = new CborWriter(192);
        writer.raw(PREIMAGE_PREFIX);
        writer.beginMap(SIGNED_FIELDS);
        writeField(writer, 1, masterKey);
        writeDelegation(writer, delegation);
        return writer.toBytes();
    }

    private static void writeDelegation(CborWriter writer, Delegation delegation) {
        writeField(writer, 2, delegation.operationalKey());
        writeField(writer, 3, delegation.agent().toBytes());
        writer.unsigned(4);
        writer.unsigned(delegation.issuedAt());
        writer.unsigned(5);
        writer.unsigned(delegation.expiresAt());
        writer.unsigned(6);
        writer.unsigned(delegation.scope());
    }

    private static void writeField(CborWriter writer, int key, Bytes value) {
        writer.unsigned(key);
        writer.bytes(value);
    }

    /**
     * Decodes a proof in any well-formed encoding. Unknown keys are ignored, null counts as zero or empty, and of
     * several values of a key the first counts.
     */
    static DelegationProof decode(Bytes encoded) throws InvalidDelegationException {
        if (encoded.length() > MAX_BYTES) {
            throw new InvalidDelegationException(
                    Field.ENCODING, "the proof has " + encoded.length() + " bytes, the limit is " + MAX_BYTES);
        }
        Fields fields = new Fields();
        int seen = 0;
        try {
            CborReader reader = CborReader.lenient(encoded);
            reader.beginMap();
            for (int key = reader.nextField(); key != CborReader.END; key = reader.nextField()) {
                boolean known = key >= 1 && key <= LAST_KEY;
                if (!known || (seen & 1 << key) != 0) {
                    reader.skip();
                    continue;
                }
                seen |= 1 << key;
                if (!reader.tryNull()) {
                    fields.read(key, reader);
                }
            }
            reader.expectEnd();
        } catch (CborException e) {
            throw new InvalidDelegationException(
                    Field.ENCODING, "malformed at byte " + e.offset() + ": " + e.getMessage());
        }
        return fields.toProof();
    }

    private static final class Fields {

        private Bytes masterKey = Bytes.EMPTY;
        private Bytes operationalKey = Bytes.EMPTY;
        private Bytes agent = Bytes.EMPTY;
        private long issuedAt;
        private long expiresAt;
        private int scope;
        private Bytes signature = Bytes.EMPTY;
        private String message = "";

        void read(int key, CborReader reader) throws CborException {
            switch (key) {
                case 1 -> masterKey = reader.bytes();
                case 2 -> operationalKey = reader.bytes();
                case 3 -> agent = reader.bytes();
                case 4 -> issuedAt = reader.unsigned();
                case 5 -> expiresAt = reader.unsigned();
                case 6 -> scope = (int) reader.unsigned(0xff);
                case 7 -> signature = reader.bytes();
                default -> message = reader.text();
            }
        }

        DelegationProof toProof() throws InvalidDelegationException {
            require(
                    operationalKey.length() == SignatureVerifier.PUBLIC_KEY_LENGTH,
                    Field.OP_PUB,
                    "op_pub: expected 32 bytes, got " + operationalKey.length());
            require(
                    agent.length() == Address.LENGTH,
                    Field.AGENT_ADDR,
                    "agent_addr: expected 21 bytes, got " + agent.length());
            Address address = Address.of(agent);
            Delegation delegation = new Delegation(operationalKey, address, issuedAt, expiresAt, scope);
            if (address.isNative()) {
                require(
                        masterKey.length() == SignatureVerifier.PUBLIC_KEY_LENGTH,
                        Field.MASTER_PUB,
                        "master_pub: expected 32 bytes, got " + masterKey.length());
                require(
                        signature.length() == SignatureVerifier.SIGNATURE_LENGTH,
                        Field.SIGNATURE,
                        "signature: expected 64 bytes, got " + signature.length());
                require(message.isEmpty(), Field.MESSAGE, "message: not empty for a native address");
                return new DelegationProof(delegation, new Authorization.ByMasterKey(masterKey, signature));
            }
            require(
                    DelegationProof.isWalletFamily(address),
                    Field.AGENT_ADDR,
                    "agent_addr: addresses of this family cannot delegate");
            require(masterKey.isEmpty(), Field.MASTER_PUB, "master_pub: not empty for a wallet address");
            require(
                    signature.length() == WalletSignatures.LENGTH,
                    Field.SIGNATURE,
                    "signature: expected 65 bytes, got " + signature.length());
            require(!message.isEmpty(), Field.MESSAGE, "message: empty");
            return new DelegationProof(delegation, new Authorization.ByWallet(message, signature));
        }

        private static void require(boolean condition, Field field, String otherwise)
                throws InvalidDelegationException {
            if (!condition) {
                throw new InvalidDelegationException(field, otherwise);
            }
        }
    }
}
