package io.a2al.sim.world;

import io.a2al.core.api.DropReason;

/** Why a node dropped a datagram, as events of a run tell it; the trace hash has these names. */
public enum DropCause {
    /** Empty, or longer than a datagram may be. */
    SIZE,
    /** It is no message. */
    MALFORMED,
    /** No request waits for it, it comes from an address that cannot be answered, or the node does not serve. */
    NOT_ADMITTED,
    /** There are too many. */
    RATE,
    /** Its signature does not hold. */
    SIGNATURE;

    /** Returns the cause that a shell's reason belongs to. */
    static DropCause of(DropReason reason) {
        return switch (reason) {
            case EMPTY, TOO_LONG -> SIZE;
            case MALFORMED, UNKNOWN_TYPE, WRONG_IDENTITY, ECHO_PROBE -> MALFORMED;
            case NOT_SERVING, UNSOLICITED, UNREACHABLE_SOURCE, OWN_IDENTITY -> NOT_ADMITTED;
            case SOURCE_RATE, PREFIX_RATE, TOTAL_RATE -> RATE;
            case BAD_SIGNATURE -> SIGNATURE;
        };
    }
}
