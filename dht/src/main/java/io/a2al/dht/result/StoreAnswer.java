package io.a2al.dht.result;

/**
 * What a peer answered to a record offered to it (wire.md 7.8).
 *
 * @param stored it holds the record, or a newer one of the same slot
 * @param alreadyHad it held one before; only nodes of the newer generation say so
 * @param reason why not, as far as the peer says
 */
public record StoreAnswer(boolean stored, boolean alreadyHad, Reason reason) {

    /** Why a record was not stored. */
    public enum Reason {
        /**
         * It was, or the peer does not say why not. A node of the older generation also refuses like this what it has
         * already.
         */
        NONE,
        /** A policy of the peer. */
        POLICY,
        /** The peer takes the record for invalid. */
        INVALID,
        /** A reason with a number that this version does not know. */
        OTHER
    }
}
