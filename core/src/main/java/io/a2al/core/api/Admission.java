package io.a2al.core.api;

/** Whether a datagram is admitted to the verification of its signature, and why not. */
public enum Admission {
    /** The datagram is admitted. */
    ADMITTED,
    /** A response, echo or push that was not requested, or that comes from another address than was asked. */
    UNSOLICITED,
    /** No answer can be sent to its source: port 0, a multicast or a reserved address. */
    UNREACHABLE_SOURCE,
    /** It claims to come from this node. */
    OWN_IDENTITY,
    /** Its source address exceeds its rate. */
    SOURCE_RATE,
    /** The network around its source exceeds its rate. */
    PREFIX_RATE,
    /** All sources together, or all unverified sources together, exceed their rate. */
    TOTAL_RATE
}
