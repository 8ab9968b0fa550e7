package io.a2al.core.lookup;

/** Whether an answer holds all that its sender has. */
public enum Completeness {
    /** Nothing seems to be missing. */
    WHOLE,
    /** The sender probably has more records than fit into a datagram. */
    RECORDS_LEFT_OUT,
    /** The sender may have more records, but our address is unverified there, and the amplification limit applies. */
    RECORDS_RATIONED,
    /** The sender may know more nodes than it named, because our address is unverified there. */
    NODES_LEFT_OUT,
    /**
     * The answer holds neither nodes nor records. A node that knows nothing answers like that, and so does one that may
     * not send more yet.
     */
    EMPTY
}
