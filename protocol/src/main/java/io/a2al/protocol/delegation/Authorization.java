package io.a2al.protocol.delegation;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.SignatureVerifier;

/** How the owner of an address signed a delegation. Immutable, with value equality; thread-safe. */
public sealed interface Authorization {

    /** Returns the signature: 64 bytes of a native owner, 65 of a wallet. */
    Bytes signature();

    /**
     * A signature by the Ed25519 key of a native address (14.1).
     *
     * @param masterKey the owner's key, 32 bytes
     * @param signature 64 bytes
     */
    record ByMasterKey(Bytes masterKey, Bytes signature) implements Authorization {

        /**
         * Checks the lengths.
         *
         * @throws IllegalArgumentException if one is wrong
         */
        public ByMasterKey {
            if (masterKey.length() != SignatureVerifier.PUBLIC_KEY_LENGTH
                    || signature.length() != SignatureVerifier.SIGNATURE_LENGTH) {
                throw new IllegalArgumentException("a master key has 32 bytes and its signature 64, not "
                        + masterKey.length() + " and " + signature.length());
            }
        }
    }

    /**
     * A signature by a wallet over a text (14.2 to 14.4).
     *
     * @param message the text that was signed
     * @param signature 65 bytes: r, s, v for Ethereum; header, r, s for Paralism
     */
    record ByWallet(String message, Bytes signature) implements Authorization {

        /**
         * Checks the length of the signature.
         *
         * @throws IllegalArgumentException if it is wrong
         */
        public ByWallet {
            if (signature.length() != WalletSignatures.LENGTH) {
                throw new IllegalArgumentException(
                        "a wallet signature has " + WalletSignatures.LENGTH + " bytes, not " + signature.length());
            }
        }
    }
}
