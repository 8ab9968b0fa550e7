package io.a2al.core.liveness;

import io.a2al.core.time.NodeTime;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;

/**
 * Learns from our requests which peer is where; raised by {@link FailureDetector}. Called from within the core; must
 * not throw.
 */
public interface PeerListener {

    /** The peer answered at this endpoint. */
    void onVerified(NodeTime now, Contact contact);

    /** The peer answered at this endpoint, and says that it serves no requests. */
    void onClientVerified(NodeTime now, Contact contact);

    /** A request to the peer timed out, or another identity answered at its address. */
    void onFailed(NodeTime now, NodeId nodeId);

    /** A request that the peer may be unable to answer timed out; it may be there all the same. */
    void onQuestionable(NodeTime now, NodeId nodeId);
}
