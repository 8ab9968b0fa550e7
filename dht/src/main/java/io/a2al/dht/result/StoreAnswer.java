package io.a2al.dht.result;

/**
 * A peer's answer to a STORE request (wire.md 7.8). Immutable; thread-safe.
 *
 * @param stored whether the peer now holds the record, or a newer one of the same slot
 * @param alreadyHad whether it held one before; only nodes of the newer protocol version say so
 * @param reason why it refused, if the peer says
 */
public record StoreAnswer(boolean stored, boolean alreadyHad, Reason reason) {

    /** The reasons for refusing a record. */
    public enum Reason {
        /**
         * The record was stored, or the peer does not give a reason. Nodes of the older protocol version also answer so
         * if they have the record already.
         */
        NONE,
        /** The peer's policy does not allow the record. */
        POLICY,
        /** The peer takes the record for invalid. */
        INVALID,
        /** A reason whose number this version does not know. */
        OTHER
    }
}
