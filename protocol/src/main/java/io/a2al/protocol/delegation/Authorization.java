package io.a2al.protocol.delegation;

import io.a2al.protocol.Bytes;

/** How the owner of an address signed a delegation. Immutable, with value equality; thread-safe. */
public sealed interface Authorization {

    /** The signature: 64 octets of a native owner, 65 of a wallet. */
    Bytes signature();

    /**
     * By the Ed25519 key of a native address (14.1).
     *
     * @param masterKey 32 octets
     * @param signature 64 octets
     */
    record ByMasterKey(Bytes masterKey, Bytes signature) implements Authorization {}

    /**
     * By a wallet, over a text (14.2 to 14.4).
     *
     * @param message the text that was signed
     * @param signature 65 octets: r, s, v for Ethereum; header, r, s for Paralism
     */
    record ByWallet(String message, Bytes signature) implements Authorization {}
}
