package io.a2al.protocol.delegation;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.cbor.CborException;
import io.a2al.protocol.cbor.CborReader;
import io.a2al.protocol.cbor.CborWriter;
import io.a2al.protocol.crypto.SignatureVerifier;
import io.a2al.protocol.crypto.Signer;
import io.a2al.protocol.crypto.WalletKey;
import io.a2al.protocol.id.Address;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A delegation and its owner's signature (wire.md section 14), for native, Ethereum and Paralism addresses. Immutable,
 * with value equality; thread-safe. Whether the signature holds is asked with {@link #isSigned}; whether it is the time
 * for it, with {@link #isInForceAt}.
 */
public record DelegationProof(Delegation delegation, Authorization authorization) {

    /** Proofs stay good for this long after they expire, as clocks differ; seconds. */
    public static final long EXPIRY_GRACE = 60;

    private static final int SIGNED_FIELDS = 6;
    private static final int FIELDS = 7;
    private static final int MAX_OCTETS = 65_536;
    private static final Bytes PREIMAGE_PREFIX = Bytes.copyOf("a2al-del\0".getBytes(StandardCharsets.US_ASCII));

    /**
     * Lets {@code operationalKey} act for the native address of {@code master}.
     *
     * @param issuedAt Unix seconds
     * @param expiresAt Unix seconds; 0 for never
     */
    public static DelegationProof sign(Signer master, Bytes operationalKey, long issuedAt, long expiresAt) {
        Delegation delegation =
                Delegation.of(operationalKey, Address.ofPublicKey(master.publicKey()), issuedAt, expiresAt);
        Bytes signature = master.sign(preimage(delegation, master.publicKey()));
        return new DelegationProof(delegation, new Authorization.ByMasterKey(master.publicKey(), signature));
    }

    /**
     * The text that a wallet has to sign for a delegation (14.2).
     *
     * @throws IllegalArgumentException if the address is not of a wallet family
     */
    public static String walletMessage(Delegation delegation) {
        if (!isWalletFamily(delegation.agent())) {
            throw new IllegalArgumentException(
                    delegation.agent() + " is not an Ethereum or Paralism address; its owner signs without a text");
        }
        return WalletMessage.of(delegation);
    }

    /**
     * Makes a proof of a signature that a wallet made over {@link #walletMessage}.
     *
     * @param signature 65 octets
     * @throws InvalidDelegationException if the signature is not one by the delegation's address
     */
    public static DelegationProof ofWalletSignature(Delegation delegation, Bytes signature)
            throws InvalidDelegationException {
        if (signature.length() != WalletSignatures.LENGTH) {
            throw new InvalidDelegationException("signature: a wallet signature has " + WalletSignatures.LENGTH
                    + " octets, not " + signature.length());
        }
        String message = walletMessage(delegation);
        Optional<Address> signer = WalletSignatures.signer(delegation.agent(), message, signature);
        if (!signer.equals(Optional.of(delegation.agent()))) {
            throw new InvalidDelegationException(
                    "signature: it was not made by " + delegation.agent() + " over this text"
                            + signer.map(other -> ", but by " + other).orElse(""));
        }
        return new DelegationProof(delegation, new Authorization.ByWallet(message, signature));
    }

    /**
     * Signs with a key at hand what a wallet would sign.
     *
     * @throws IllegalArgumentException if the address is not one of the key
     */
    public static DelegationProof sign(WalletKey key, Delegation delegation) {
        String message = walletMessage(delegation);
        try {
            return ofWalletSignature(delegation, WalletSignatures.sign(delegation.agent(), message, key));
        } catch (InvalidDelegationException notTheOwner) {
            throw new IllegalArgumentException(delegation.agent() + " is not an address of the signing key");
        }
    }

    /** True if the owner of the agent's address signed this. */
    public boolean isSigned(SignatureVerifier verifier) {
        return switch (authorization) {
            case Authorization.ByMasterKey(Bytes masterKey, Bytes signature) ->
                Address.ofPublicKey(masterKey).equals(delegation.agent())
                        && verifier.verify(masterKey, preimage(delegation, masterKey), signature);
            case Authorization.ByWallet(String message, Bytes signature) ->
                WalletMessage.says(message, delegation)
                        && WalletSignatures.signer(delegation.agent(), message, signature)
                                .equals(Optional.of(delegation.agent()));
        };
    }

    /** True if it has the scope that means anything, and has not expired at {@code now} in Unix seconds. */
    public boolean isInForceAt(long now) {
        long expiresAt = delegation.expiresAt();
        long limit = expiresAt + EXPIRY_GRACE;
        boolean endless = expiresAt == 0 || Long.compareUnsigned(limit, expiresAt) < 0;
        return delegation.scope() == Delegation.NETWORK && (endless || Long.compareUnsigned(now, limit) < 0);
    }

    // ---- encoding ---------------------------------------------------------------------------------------------

    /** Canonical encoding, as carried in field 9 of a record. */
    public Bytes encode() {
        CborWriter writer = new CborWriter(512);
        writer.beginMap(FIELDS);
        switch (authorization) {
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

    private static Bytes preimage(Delegation delegation, Bytes masterKey) {
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
     * Reads a proof: shapes only (14), no signature. Only the canonical encoding is taken: nothing vouches for these
     * bytes as a whole, so that a second encoding would be a second record with the same meaning.
     *
     * @throws InvalidDelegationException naming the field that is wrong
     */
    public static DelegationProof decode(Bytes encoded) throws InvalidDelegationException {
        if (encoded.length() > MAX_OCTETS) {
            throw new InvalidDelegationException("a proof of " + encoded.length() + " octets is too long");
        }
        CborReader reader = CborReader.of(encoded, CborReader.KeyOrder.CANONICAL);
        Fields fields = new Fields();
        try {
            reader.beginMap();
            for (int key = reader.nextField(); key != CborReader.END; key = reader.nextField()) {
                fields.read(key, reader);
            }
            reader.expectEnd();
        } catch (CborException e) {
            throw new InvalidDelegationException("malformed at octet " + e.offset() + ": " + e.getMessage());
        }
        DelegationProof proof = fields.toProof();
        if (!proof.encode().equals(encoded)) {
            throw new InvalidDelegationException("a field is unknown, missing, or empty where it must be left out");
        }
        return proof;
    }

    private static boolean isWalletFamily(Address address) {
        return address.version() == Address.ETHEREUM || address.version() == Address.PARALISM;
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
                case 8 -> message = reader.text();
                default -> reader.skip();
            }
        }

        DelegationProof toProof() throws InvalidDelegationException {
            demand(operationalKey.length() == SignatureVerifier.PUBLIC_KEY_LENGTH, "op_pub has not 32 octets");
            demand(agent.length() == Address.LENGTH, "agent_addr has not 21 octets");
            Address address = Address.of(agent);
            Delegation delegation = new Delegation(operationalKey, address, issuedAt, expiresAt, scope);
            if (address.isNative()) {
                demand(masterKey.length() == SignatureVerifier.PUBLIC_KEY_LENGTH, "master_pub has not 32 octets");
                demand(signature.length() == SignatureVerifier.SIGNATURE_LENGTH, "signature has not 64 octets");
                demand(message.isEmpty(), "message is not empty for a native address");
                return new DelegationProof(delegation, new Authorization.ByMasterKey(masterKey, signature));
            }
            demand(isWalletFamily(address), "agent_addr is of a family that cannot delegate");
            demand(masterKey.isEmpty(), "master_pub is not empty for a wallet address");
            demand(signature.length() == WalletSignatures.LENGTH, "signature has not 65 octets");
            demand(!message.isEmpty(), "message is empty");
            return new DelegationProof(delegation, new Authorization.ByWallet(message, signature));
        }

        private static void demand(boolean condition, String otherwise) throws InvalidDelegationException {
            if (!condition) {
                throw new InvalidDelegationException(otherwise);
            }
        }
    }
}
