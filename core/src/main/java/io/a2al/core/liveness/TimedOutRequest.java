package io.a2al.core.liveness;

import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Message;
import java.util.Optional;

/** What {@link FailureDetector} has to know of a request that timed out. */
public interface TimedOutRequest {

    /** True if no attempt left this machine. */
    boolean wasNeverSent();

    /** When the request began, in nanoseconds of the node's time. */
    long startedAt();

    /** The peer that was asked; empty if any identity was to answer. */
    Optional<NodeId> expected();

    /** The request in its plain form. */
    Message request();

    /** True if the request began in a form that only newer protocol versions understand. */
    boolean begunExtended();
}
