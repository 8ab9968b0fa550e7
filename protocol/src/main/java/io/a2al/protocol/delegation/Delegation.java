package io.a2al.protocol.delegation;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.SignatureVerifier;
import io.a2al.protocol.id.Address;

/**
 * The content of a delegation: a key may act for an address during a period (wire.md section 14). Immutable, with value
 * equality; thread-safe.
 *
 * @param operationalKey the 32-byte Ed25519 key that may act for the address
 * @param agent the address
 * @param issuedAt Unix seconds, unsigned
 * @param expiresAt Unix seconds, unsigned; 0 for never
 * @param scope what the key may do, 0 to 255; only {@link #NETWORK} has a meaning
 */
public record Delegation(Bytes operationalKey, Address agent, long issuedAt, long expiresAt, int scope) {

    /** The only defined scope: everything on the network. */
    public static final int NETWORK = 1;

    /**
     * Checks lengths and ranges.
     *
     * @throws IllegalArgumentException if the key does not have 32 bytes, or the scope is not within 0 to 255
     */
    public Delegation {
        if (operationalKey.length() != SignatureVerifier.PUBLIC_KEY_LENGTH) {
            throw new IllegalArgumentException("an operational key has 32 bytes, not " + operationalKey.length());
        }
        if (scope < 0 || scope > 0xff) {
            throw new IllegalArgumentException("a scope is within 0 to 255, not " + scope);
        }
    }

    /** Returns a delegation with the scope {@link #NETWORK}. */
    public static Delegation of(Bytes operationalKey, Address agent, long issuedAt, long expiresAt) {
        return new Delegation(operationalKey, agent, issuedAt, expiresAt, NETWORK);
    }
}
