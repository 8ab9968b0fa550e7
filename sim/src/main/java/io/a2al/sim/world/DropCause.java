package io.a2al.sim.world;

/** Why a node dropped a datagram. */
public enum DropCause {
    /** Empty, or longer than a datagram may be. */
    SIZE,
    /** It is no message. */
    MALFORMED,
    /** Nobody waits for it, or it comes from where nobody can be. */
    NOT_ADMITTED,
    /** There are too many. */
    RATE,
    /** Its signature does not hold. */
    SIGNATURE
}
