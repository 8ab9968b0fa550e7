package io.a2al.core.api;

/** Why a request got no answer. */
public enum Failure {
    /** Silence until the deadline; the peer's fault as far as we can tell. */
    TIMEOUT,
    /** Silence while our own network seems to be down; no peer is to blame. */
    OUTAGE,
    /** Another identity answered at the address; the expected peer is gone from there. */
    OTHER_IDENTITY,
    /** Never sent, for a reason of our own; no peer is to blame. */
    LOCAL
}
