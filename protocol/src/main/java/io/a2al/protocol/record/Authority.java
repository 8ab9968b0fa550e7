package io.a2al.protocol.record;

/**
 * How a record's key relates to the address it speaks for, as far as signatures can tell (node.md 15). Whether that is
 * enough at a given time is for a {@link RecordPolicy} to say.
 */
public sealed interface Authority {

    /** The address is derived from the key. */
    record SelfSigned() implements Authority {}

    /**
     * The owner of the address let this key act for it, by a proof whose signature holds.
     *
     * @param issuedAt Unix seconds, unsigned
     * @param expiresAt Unix seconds, unsigned; 0 for never
     */
    record Delegated(long issuedAt, long expiresAt) implements Authority {}

    /** Neither: there is no proof, or it does not authorize this key for this address. */
    record Unproven() implements Authority {}
}
