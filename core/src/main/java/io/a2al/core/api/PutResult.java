package io.a2al.core.api;

/** How a store decided about a record offered to it. */
public enum PutResult {
    /** It is kept, as far as the limits of its key allow. */
    STORED,
    /** Its slot holds an equal or newer record; nothing changed. */
    STALE,
    /** Its time to live has passed. */
    EXPIRED,
    /** Its time to live has not passed, but the store keeps records of its kind for a shorter time (D-27). */
    TOO_OLD,
    /** Its timestamp is too far in the future. */
    FUTURE,
    /** It does not belong at this key. */
    KEY_MISMATCH,
    /** The record policy refused it. */
    UNAUTHORIZED,
    /** Its signing key, or the network that it came from, has reached its quota here (D-23). */
    OVER_QUOTA,
    /** There is no room for it beside the records of other origins (D-23, D-26). */
    CROWDED_OUT;

    /**
     * Returns whether the store now holds this record or a newer one of its slot, which is what publishers ask (D-53).
     */
    public boolean isHeld() {
        return this == STORED || this == STALE;
    }
}
