package io.a2al.protocol.record;

/**
 * How the key that signed a record relates to the record's address, as far as signatures tell (node.md 15). A {@link
 * RecordPolicy} decides whether that suffices at a given time. Immutable, with value equality; thread-safe.
 */
public sealed interface Authority {

    /** The address is derived from the key. */
    record SelfSigned() implements Authority {}

    /**
     * The owner of the address delegated the key, by a proof with a valid signature.
     *
     * @param issuedAt Unix seconds, unsigned
     * @param expiresAt Unix seconds, unsigned; 0 for never
     */
    record Delegated(long issuedAt, long expiresAt) implements Authority {}

    /** Neither: there is no proof, or the proof does not authorise this key for this address. */
    record Unproven() implements Authority {}
}
