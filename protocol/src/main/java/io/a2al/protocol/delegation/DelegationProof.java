package io.a2al.protocol.delegation;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.SignatureVerifier;
import io.a2al.protocol.crypto.Signer;
import io.a2al.protocol.crypto.WalletKey;
import io.a2al.protocol.delegation.InvalidDelegationException.Field;
import io.a2al.protocol.id.Address;
import java.util.Optional;

/**
 * A delegation and its owner's signature (wire.md section 14), for native, Ethereum and Paralism addresses. Immutable,
 * with value equality; thread-safe. Whether the signature holds is asked with {@link #isSigned}; whether it is the time
 * for it, with {@link #validityAt}.
 */
public record DelegationProof(Delegation delegation, Authorization authorization) {

    /** Proofs stay good for this long after they expire, as clocks differ; seconds. */
    public static final long EXPIRY_GRACE = 60;

    /** Proofs are good this long before they were issued, for the same reason; seconds. */
    public static final long FUTURE_TOLERANCE = 60;

    /**
     * Lets {@code operationalKey} act for the native address of {@code master}.
     *
     * @param issuedAt Unix seconds
     * @param expiresAt Unix seconds; 0 for never
     */
    public static DelegationProof sign(Signer master, Bytes operationalKey, long issuedAt, long expiresAt) {
        Delegation delegation =
                Delegation.of(operationalKey, Address.ofPublicKey(master.publicKey()), issuedAt, expiresAt);
        Bytes signature = master.sign(ProofCodec.preimage(delegation, master.publicKey()));
        return new DelegationProof(delegation, new Authorization.ByMasterKey(master.publicKey(), signature));
    }

    /**
     * The text that a wallet has to sign for a delegation (14.2).
     *
     * @throws IllegalArgumentException if the address is not of a wallet family
     */
    public static String walletMessage(Delegation delegation) {
        demandWalletFamily(delegation.agent());
        return WalletMessage.of(delegation);
    }

    private static void demandWalletFamily(Address agent) {
        if (!isWalletFamily(agent)) {
            throw new IllegalArgumentException(
                    agent + " is not an Ethereum or Paralism address; its owner signs without a text");
        }
    }

    /**
     * Reads a text that a wallet signs, as loosely as 14.2 says.
     *
     * @throws InvalidDelegationException if a field is missing, or is none; {@link Field#MESSAGE}
     */
    public static Delegation parseWalletMessage(String text) throws InvalidDelegationException {
        return WalletMessage.parse(text);
    }

    /**
     * Reads a wallet's signature as wallets write it: 130 hexadecimal digits, with or without {@code 0x}, or Base64.
     * White space around it does not matter.
     *
     * @return 65 bytes
     * @throws InvalidSignatureException if it is something else
     */
    public static Bytes parseWalletSignature(String text) throws InvalidSignatureException {
        return WalletSignatures.parse(text);
    }

    /**
     * The 32 bytes that a wallet's key signs for a text: EIP-191 for Ethereum (14.3), the double SHA-256 of Bitcoin's
     * signed messages for Paralism (14.4).
     *
     * @param agent the address whose family counts
     * @throws IllegalArgumentException if the address is not of a wallet family
     */
    public static Bytes walletDigest(Address agent, String message) {
        if (!isWalletFamily(agent)) {
            throw new IllegalArgumentException(
                    agent + " is not an Ethereum or Paralism address; no wallet signs for it");
        }
        return WalletSignatures.digest(agent, message);
    }

    /**
     * Makes a proof of a signature that a wallet made over {@link #walletMessage}.
     *
     * @param signature 65 bytes
     * @throws InvalidSignatureException if the signature is not one by the delegation's address
     * @throws IllegalArgumentException if the address is not of a wallet family
     */
    public static DelegationProof ofWalletSignature(Delegation delegation, Bytes signature)
            throws InvalidSignatureException {
        return checked(delegation, walletMessage(delegation), signature);
    }

    /**
     * The same for a signature over another text with the same meaning, such as one that lost its last line feed on the
     * way to the wallet.
     *
     * @param message the text that was signed, byte by byte
     * @param signature 65 bytes
     * @throws InvalidSignatureException if the signature is not one by the delegation's address
     * @throws InvalidDelegationException if the text means something else
     * @throws IllegalArgumentException if the address is not of a wallet family
     */
    public static DelegationProof ofWalletSignature(Delegation delegation, String message, Bytes signature)
            throws InvalidDelegationException {
        demandWalletFamily(delegation.agent());
        if (!WalletMessage.says(message, delegation)) {
            throw new InvalidDelegationException(Field.MESSAGE, "message: the text does not say what is delegated");
        }
        return checked(delegation, message, signature);
    }

    private static DelegationProof checked(Delegation delegation, String message, Bytes signature)
            throws InvalidSignatureException {
        if (signature.length() != WalletSignatures.LENGTH) {
            throw new InvalidSignatureException("signature: a wallet signature has " + WalletSignatures.LENGTH
                    + " bytes, not " + signature.length());
        }
        Optional<Address> signer = WalletSignatures.signer(delegation.agent(), message, signature);
        if (!signer.equals(Optional.of(delegation.agent()))) {
            throw new InvalidSignatureException(
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
        } catch (InvalidSignatureException notTheOwner) {
            throw new IllegalArgumentException(delegation.agent() + " is not an address of the signing key");
        }
    }

    /** True if the owner of the agent's address signed this. */
    public boolean isSigned(SignatureVerifier verifier) {
        return switch (authorization) {
            case Authorization.ByMasterKey(Bytes masterKey, Bytes signature) ->
                Address.ofPublicKey(masterKey).equals(delegation.agent())
                        && verifier.verify(masterKey, ProofCodec.preimage(delegation, masterKey), signature);
            case Authorization.ByWallet(String message, Bytes signature) ->
                WalletMessage.says(message, delegation)
                        && WalletSignatures.signer(delegation.agent(), message, signature)
                                .equals(Optional.of(delegation.agent()));
        };
    }

    /**
     * True if it has the scope that means anything, and has not expired at {@code now} in Unix seconds: the checks of
     * wire.md section 14, which do not ask when it was issued.
     */
    public boolean isInForceAt(long now) {
        long expiresAt = delegation.expiresAt();
        long limit = expiresAt + EXPIRY_GRACE;
        boolean endless = expiresAt == 0 || Long.compareUnsigned(limit, expiresAt) < 0;
        return delegation.scope() == Delegation.NETWORK && (endless || Long.compareUnsigned(now, limit) < 0);
    }

    /** What a proof is good for at a time. */
    public enum Validity {
        /** It is in force. */
        VALID,
        /** It was issued later than clocks can differ; such a proof is refused (known-defects D-44). */
        FUTURE,
        /** It has expired. */
        EXPIRED,
        /** It allows something that nobody knows. */
        UNKNOWN_SCOPE
    }

    /** What it is good for at {@code now} in Unix seconds, provided that it is signed. */
    public Validity validityAt(long now) {
        if (delegation.scope() != Delegation.NETWORK) {
            return Validity.UNKNOWN_SCOPE;
        }
        if (Long.compareUnsigned(delegation.issuedAt(), now + FUTURE_TOLERANCE) > 0) {
            return Validity.FUTURE;
        }
        return isInForceAt(now) ? Validity.VALID : Validity.EXPIRED;
    }

    /** Canonical encoding, as carried in field 9 of a record. */
    public Bytes encode() {
        return ProofCodec.encode(this);
    }

    /**
     * Reads a proof: shapes only (14), no signature. Only the canonical encoding is taken: nothing vouches for these
     * bytes as a whole, so that a second encoding would be a second record with the same meaning.
     *
     * @throws InvalidDelegationException naming the field that is wrong
     */
    public static DelegationProof decode(Bytes encoded) throws InvalidDelegationException {
        return ProofCodec.decode(encoded);
    }

    /** True for the families whose owners sign with a wallet. */
    static boolean isWalletFamily(Address address) {
        return address.version() == Address.ETHEREUM || address.version() == Address.PARALISM;
    }
}
