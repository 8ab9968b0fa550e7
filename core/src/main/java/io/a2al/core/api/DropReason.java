package io.a2al.core.api;

/** Why a received datagram was dropped; each is counted, none is logged by itself. */
public enum DropReason {
    /** No bytes. */
    EMPTY,
    /** More than 1200 bytes (known-defects D-42). */
    TOO_LONG,
    /** No message but a probe for an echo (wire.md 2.3), whether or not it was returned (known-defects D-06). */
    ECHO_PROBE,
    /** Not the CBOR that a message has to be. */
    MALFORMED,
    /** A message type that we do not know. */
    UNKNOWN_TYPE,
    /** The address in the body is not the sender's. */
    WRONG_IDENTITY,
    /** A request to a node in client mode, which only asks. */
    NOT_SERVING,
    /** A response that no request waits for, or from another address than was asked. */
    UNSOLICITED,
    /** Nothing can be answered where it came from: port 0, a group, a reserved address. */
    UNREACHABLE_SOURCE,
    /** It claims to come from ourselves. */
    OWN_IDENTITY,
    /** Its source address sends too many requests (known-defects D-04). */
    SOURCE_RATE,
    /** The network around its source, a /24 or /48, sends too many requests. */
    PREFIX_RATE,
    /** All sources together, or all that have not proven their address, send too many requests. */
    TOTAL_RATE,
    /** The signature does not hold. */
    BAD_SIGNATURE
}
