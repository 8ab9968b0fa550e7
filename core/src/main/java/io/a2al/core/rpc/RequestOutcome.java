package io.a2al.core.rpc;

/** How a request of ours ended. */
public enum RequestOutcome {
    /** The node that was asked answered. */
    ANSWERED,
    /** Another node answered at its address. */
    OTHER_IDENTITY,
    /** No answer came in time, which counts against the node. */
    TIMED_OUT,
    /** No answer came to a request that was only tried; it says nothing about the node. */
    TRIAL_TIMED_OUT,
    /** No answer came because of an outage or an error of this machine. */
    EXCUSED,
    /** The answer was not awaited any longer. */
    ABANDONED
}
