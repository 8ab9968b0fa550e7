package io.a2al.core.api;

/** What became of a record offered to a store. */
public enum PutResult {
    /** It is kept, as far as the limits of its key allow. */
    STORED,
    /** Its slot holds an equal or newer record; nothing changed. */
    STALE,
    /** Its time to live has passed. */
    EXPIRED,
    /** Its time to live has not passed, but the store keeps records of its kind for a shorter time (D-27). */
    TOO_OLD,
    /** It was made too far in the future. */
    FUTURE,
    /** It is not one for this key. */
    KEY_MISMATCH,
    /** The record policy refused it. */
    UNAUTHORIZED,
    /** Its signing key, or the network that it came from, has enough records here (D-23). */
    OVER_QUOTA,
    /** There is no room for it: others deserve it more (D-23, D-26). */
    CROWDED_OUT;

    /** True if the store now holds this record or a newer one of its slot: what a publisher wants to know (D-53). */
    public boolean isHeld() {
        return this == STORED || this == STALE;
    }
}
