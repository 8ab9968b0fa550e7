package io.a2al.protocol.delegation;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.SignatureVerifier;
import io.a2al.protocol.id.Address;

/**
 * What a delegation says: this key may act for this address, from and until (wire.md section 14). Immutable, with value
 * equality; thread-safe.
 *
 * @param operationalKey the 32-byte Ed25519 key that may act
 * @param agent the address that is acted for
 * @param issuedAt Unix seconds, unsigned
 * @param expiresAt Unix seconds, unsigned; 0 for never
 * @param scope what it may do, 0 to 255; only {@link #NETWORK} means anything
 */
public record Delegation(Bytes operationalKey, Address agent, long issuedAt, long expiresAt, int scope) {

    /** The only scope there is: everything on the network. */
    public static final int NETWORK = 1;

    /**
     * Checks lengths and ranges.
     *
     * @throws IllegalArgumentException if the key has not 32 bytes or the scope not one
     */
    public Delegation {
        if (operationalKey.length() != SignatureVerifier.PUBLIC_KEY_LENGTH) {
            throw new IllegalArgumentException("an operational key has 32 bytes, not " + operationalKey.length());
        }
        if (scope < 0 || scope > 0xff) {
            throw new IllegalArgumentException("a scope is within 0 to 255, not " + scope);
        }
    }

    /** A delegation for everything on the network. */
    public static Delegation of(Bytes operationalKey, Address agent, long issuedAt, long expiresAt) {
        return new Delegation(operationalKey, agent, issuedAt, expiresAt, NETWORK);
    }
}
