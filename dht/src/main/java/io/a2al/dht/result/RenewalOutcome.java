package io.a2al.dht.result;

/** How a renewal of a published record ended. */
public enum RenewalOutcome {
    /** A newer record was signed, and at least one node has it. */
    RENEWED,
    /** A newer record was signed, and no node confirmed to have it yet. */
    UNSTORED,
    /** No newer record was signed, as it would not be valid for longer: the delegation of its key ends. */
    NOT_NEEDED,
    /** The newer record could not be signed, or was refused. */
    FAILED
}
