package io.a2al.core.time;

/** What a timer is for, as statistics and traces show it. */
public enum TimerName {
    /** The next attempt of a request, or its timeout. */
    REQUEST,
    /** The next step of a lookup. */
    LOOKUP,
    /** The next attempt to join the network. */
    JOIN,
    /** The next look at whether peers answer, and the next PINGs while none does. */
    RECOVERY,
    /** The next PINGs of contacts that left the routing table. */
    FORMER,
    /** The next maintenance of the routing table and the store. */
    MAINTENANCE,
    /** The next request of a node that walks the network. */
    ROAM,
    /** The time at which a request does not wait any longer for records that are being restored. */
    RESTORE,
    /** The next time that files are to be written. */
    SAVE,
    /** The next step of publishing. */
    PUBLISH,
    /** The next step of republishing what is held for other nodes. */
    REPUBLISH,
    /** The next check whether a peer hides relayed records. */
    HIDING_CHECK,
    /** The next lookup of a listener. */
    LISTEN,
    /** The next renewal of a listener's subscriptions. */
    SUBSCRIPTION,
    /** The timeout of a NAT probe. */
    NAT_PROBE,
    /** The next check of how the network sees the node. */
    NAT_CHECK
}
