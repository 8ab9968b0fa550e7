package io.a2al.core.api;

/** Why a request got no answer. */
public enum Failure {
    /** The request timed out; it counts against the peer. */
    TIMEOUT,
    /** The request timed out while our own network seems to be down; it does not count against the peer. */
    OUTAGE,
    /** Another identity answered at the address; the expected peer is no longer there. */
    OTHER_IDENTITY,
    /** The request was not sent, for a reason on our side; it does not count against the peer. */
    LOCAL
}
