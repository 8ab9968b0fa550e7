package io.a2al.core.rpc;

import io.a2al.core.api.Failure;
import io.a2al.core.time.NodeTime;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.List;

/** Learns what becomes of a request; exactly one of {@link #onReply} and {@link #onFailure} is called, once. */
public interface ReplyHandler {

    /**
     * An answer.
     *
     * @param node the node that answered, at the endpoint that was asked
     * @param records the answer's records that passed verification
     * @param roundTripNanos since the first attempt
     * @param full true if no amplification limit truncated it: the request was padded, or the node had verified our
     *     address
     */
    record Reply(Contact node, Message message, List<VerifiedRecord> records, long roundTripNanos, boolean full) {}

    /** For requests made only for what they tell peer health and the routing table. */
    ReplyHandler INDIFFERENT = new ReplyHandler() {
        @Override
        public void onReply(NodeTime now, Reply reply) {
            // Peer health and the routing table know already.
        }

        @Override
        public void onFailure(NodeTime now, Failure failure) {
            // Likewise.
        }
    };

    /** Asked before every attempt: false if it must not be sent now, which says nothing about the peer. */
    default boolean mayAttempt(NodeTime now) {
        return true;
    }

    /** The node answered. */
    void onReply(NodeTime now, Reply reply);

    /** The node did not answer, or nothing was sent. */
    void onFailure(NodeTime now, Failure failure);
}
