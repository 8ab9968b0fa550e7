package io.a2al.sim.world;

import io.a2al.core.api.DropReason;

/** The reason why a node dropped a datagram. The names are part of the trace hash, so they never change. */
public enum DropCause {
    /** Empty, or longer than a datagram may be. */
    SIZE,
    /** It is not a message. */
    MALFORMED,
    /** No request waits for it, its source address cannot be answered, or the node does not serve. */
    NOT_ADMITTED,
    /** Its source, the network of its source, or all sources together send too many requests. */
    RATE,
    /** Its signature does not hold. */
    SIGNATURE;

    /** Returns the cause for a shell's reason. */
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
