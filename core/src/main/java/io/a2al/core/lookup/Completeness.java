package io.a2al.core.lookup;

/** Whether an answer holds all that its sender had to say. */
public enum Completeness {
    /** As far as one can see. */
    WHOLE,
    /** The sender probably had more records than it could send. */
    RECORDS_LEFT_OUT,
    /**
     * The sender may have more records, but does not send much to us, not knowing yet that we are where we seem to be.
     */
    RECORDS_RATIONED,
    /**
     * The sender may have named fewer nodes than it knows, because it does not know yet that we are where we seem to
     * be.
     */
    NODES_LEFT_OUT,
    /**
     * It holds neither nodes nor records; whoever knows nothing at all answers like that, or who may not send more yet.
     */
    EMPTY
}
