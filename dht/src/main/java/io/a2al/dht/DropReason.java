package io.a2al.dht;

/** Why a received datagram was dropped; each is counted, none is logged by itself. */
public enum DropReason {
    /** No octets. */
    EMPTY,
    /** More than 1200 octets (known-defects D-42). */
    TOO_LONG,
    /** Not the CBOR that a message has to be. */
    MALFORMED,
    /** A message type that we do not know. */
    UNKNOWN_TYPE,
    /** The address in the body is not the sender's. */
    WRONG_IDENTITY,
    /** A request to a node that only asks; see {@link DhtNodeBuilder#clientMode}. */
    NOT_SERVING,
    /** A response that nobody waits for, or from elsewhere than asked. */
    UNSOLICITED,
    /** The signature does not hold. */
    BAD_SIGNATURE
}
