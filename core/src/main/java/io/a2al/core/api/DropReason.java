package io.a2al.core.api;

/** The reasons for dropping a received datagram; drops are counted, not logged. */
public enum DropReason {
    /** No bytes. */
    EMPTY,
    /** More than 1200 bytes (known-defects D-42). */
    TOO_LONG,
    /** An echo probe (wire.md 2.3), whether or not it was returned (known-defects D-06). */
    ECHO_PROBE,
    /** Not the CBOR of a message. */
    MALFORMED,
    /** An unknown message type. */
    UNKNOWN_TYPE,
    /** The address in the body is not the sender's. */
    WRONG_IDENTITY,
    /** A request to a node in client mode. */
    NOT_SERVING,
    /** A response that no request waits for, or from another address than asked. */
    UNSOLICITED,
    /** From an address that cannot be answered: port 0, a multicast or a reserved address. */
    UNREACHABLE_SOURCE,
    /** The sender claims to be this node. */
    OWN_IDENTITY,
    /** Its source address sends too many requests (known-defects D-04). */
    SOURCE_RATE,
    /** The subnet of its source, a /24 or /48, sends too many requests. */
    PREFIX_RATE,
    /** All sources together, or all unverified ones, send too many requests. */
    TOTAL_RATE,
    /** The signature does not hold. */
    BAD_SIGNATURE
}
