package io.a2al.protocol.delegation;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.SignatureVerifier;
import io.a2al.protocol.crypto.Signer;
import io.a2al.protocol.crypto.WalletKey;
import io.a2al.protocol.delegation.InvalidDelegationException.Field;
import io.a2al.protocol.id.Address;
import java.util.Optional;

/**
 * A delegation with the signature of the address's owner (wire.md section 14), for native, Ethereum and Paralism
 * addresses. {@link #isSigned} checks the signature; {@link #validityAt} checks scope and time. Immutable, with value
 * equality; thread-safe.
 */
public record DelegationProof(Delegation delegation, Authorization authorization) {

    /** How long a proof stays valid after it expires, in seconds, since clocks differ. */
    public static final long EXPIRY_GRACE = 60;

    /** How long before its issue time a proof is valid, in seconds, since clocks differ. */
    public static final long FUTURE_TOLERANCE = 60;

    /**
     * Returns a proof by which {@code operationalKey} may act for the native address of {@code master}.
     *
     * @param operationalKey 32 bytes
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
     * Returns the text that a wallet has to sign for a delegation (14.2).
     *
     * @throws IllegalArgumentException if the address is not of a wallet family
     */
    public static String walletMessage(Delegation delegation) {
        requireWalletFamily(delegation.agent());
        return WalletMessage.of(delegation);
    }

    private static void requireWalletFamily(Address agent) {
        if (!isWalletFamily(agent)) {
            throw new IllegalArgumentException(
                    agent + " is not an Ethereum or Paralism address; its owner signs without a wallet text");
        }
    }

    /**
     * Parses a text that a wallet signs, by the loose rules of 14.2.
     *
     * @throws InvalidDelegationException if a field is missing or invalid; always {@link Field#MESSAGE}
     */
    public static Delegation parseWalletMessage(String text) throws InvalidDelegationException {
        return WalletMessage.parse(text);
    }

    /**
     * Parses a signature in the form in which wallets show it: 130 hexadecimal digits, with or without {@code 0x}, or
     * Base64. Leading and trailing white space is ignored.
     *
     * @return 65 bytes
     * @throws InvalidSignatureException if the text has another form
     */
    public static Bytes parseWalletSignature(String text) throws InvalidSignatureException {
        return WalletSignatures.parse(text);
    }

    /**
     * Returns the 32-byte digest that a wallet's key signs for a text: by EIP-191 for Ethereum (14.3), by the double
     * SHA-256 of Bitcoin's signed messages for Paralism (14.4).
     *
     * @param agent an address of the wallet's family
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
     * Returns a proof with a signature that a wallet made over {@link #walletMessage}.
     *
     * @param signature 65 bytes
     * @throws InvalidSignatureException if the delegation's address did not make the signature
     * @throws IllegalArgumentException if the address is not of a wallet family
     */
    public static DelegationProof ofWalletSignature(Delegation delegation, Bytes signature)
            throws InvalidSignatureException {
        return checked(delegation, walletMessage(delegation), signature);
    }

    /**
     * Returns a proof with a signature that a wallet made over another text with the same meaning, such as one that
     * lost its last line feed on the way to the wallet.
     *
     * @param message the exact text that was signed
     * @param signature 65 bytes
     * @throws InvalidSignatureException if the delegation's address did not make the signature
     * @throws InvalidDelegationException if the text does not state the delegation
     * @throws IllegalArgumentException if the address is not of a wallet family
     */
    public static DelegationProof ofWalletSignature(Delegation delegation, String message, Bytes signature)
            throws InvalidDelegationException {
        requireWalletFamily(delegation.agent());
        if (!WalletMessage.states(message, delegation)) {
            throw new InvalidDelegationException(Field.MESSAGE, "message: the text does not state this delegation");
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
     * Returns a proof signed with {@code key} in the way a wallet signs.
     *
     * @throws IllegalArgumentException if the delegation's address is not derived from the key
     */
    public static DelegationProof sign(WalletKey key, Delegation delegation) {
        String message = walletMessage(delegation);
        try {
            return ofWalletSignature(delegation, WalletSignatures.sign(delegation.agent(), message, key));
        } catch (InvalidSignatureException notTheOwner) {
            throw new IllegalArgumentException(delegation.agent() + " is not an address of the signing key");
        }
    }

    /** Returns true if the owner of the agent's address made the signature. */
    public boolean isSigned(SignatureVerifier verifier) {
        return switch (authorization) {
            case Authorization.ByMasterKey(Bytes masterKey, Bytes signature) ->
                Address.ofPublicKey(masterKey).equals(delegation.agent())
                        && verifier.verify(masterKey, ProofCodec.preimage(delegation, masterKey), signature);
            case Authorization.ByWallet(String message, Bytes signature) ->
                WalletMessage.states(message, delegation)
                        && WalletSignatures.signer(delegation.agent(), message, signature)
                                .equals(Optional.of(delegation.agent()));
        };
    }

    /**
     * Returns true if the scope is {@link Delegation#NETWORK} and the proof has not expired at {@code now}, in Unix
     * seconds, including the grace period. These are the checks of wire.md section 14, which ignore the issue time.
     */
    public boolean isInForceAt(long now) {
        long expiresAt = delegation.expiresAt();
        long limit = expiresAt + EXPIRY_GRACE;
        boolean endless = expiresAt == 0 || Long.compareUnsigned(limit, expiresAt) < 0;
        return delegation.scope() == Delegation.NETWORK && (endless || Long.compareUnsigned(now, limit) < 0);
    }

    /** Validity of a proof at a given time. */
    public enum Validity {
        /** The proof is in force. */
        VALID,
        /**
         * The issue time is further in the future than clocks differ; such a proof is rejected (known-defects D-44).
         */
        FUTURE,
        /** The proof has expired. */
        EXPIRED,
        /** The scope has no defined meaning. */
        UNKNOWN_SCOPE
    }

    /** Returns the validity of this proof at {@code now}, in Unix seconds. The signature is not checked. */
    public Validity validityAt(long now) {
        if (delegation.scope() != Delegation.NETWORK) {
            return Validity.UNKNOWN_SCOPE;
        }
        if (Long.compareUnsigned(delegation.issuedAt(), now + FUTURE_TOLERANCE) > 0) {
            return Validity.FUTURE;
        }
        return isInForceAt(now) ? Validity.VALID : Validity.EXPIRED;
    }

    /** Returns the canonical encoding, as carried in field 9 of a record. */
    public Bytes encode() {
        return ProofCodec.encode(this);
    }

    /**
     * Decodes a proof and checks its form (14), not its signature. Any well-formed encoding is accepted and unknown
     * keys are ignored: no signature covers these bytes as a whole, and proofs of newer protocol versions may have more
     * fields. The owner signs the canonical encoding of the fields, so two encodings of one proof mean the same.
     *
     * @throws InvalidDelegationException if the proof is malformed; it names the field
     */
    public static DelegationProof decode(Bytes encoded) throws InvalidDelegationException {
        return ProofCodec.decode(encoded);
    }

    /** Returns true for addresses of Ethereum and Paralism, whose owners sign with a wallet. */
    static boolean isWalletFamily(Address address) {
        return address.version() == Address.ETHEREUM || address.version() == Address.PARALISM;
    }
}
