package io.a2al.core.rpc;

import io.a2al.core.api.Failure;
import io.a2al.core.time.NodeTime;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.List;

/** What becomes of a request; exactly one of {@link #onReply} and {@link #onFailure} is called, once. */
public interface ReplyHandler {

    /**
     * The answer.
     *
     * @param node who answered, at the endpoint that was asked
     * @param records the answer's records that passed verification
     * @param roundTripNanos since the first attempt
     */
    record Reply(Contact node, Message message, List<VerifiedRecord> records, long roundTripNanos) {}

    /** For requests of which only the traces they leave in health and routing table are wanted. */
    ReplyHandler INDIFFERENT = new ReplyHandler() {
        @Override
        public void onReply(NodeTime now, Reply reply) {
            // Known by now to everybody who needs to know.
        }

        @Override
        public void onFailure(NodeTime now, Failure failure) {
            // Likewise.
        }
    };

    /** Asked before every attempt: false if the request must not be sent now; nobody is to be blamed for it. */
    default boolean mayAttempt(NodeTime now) {
        return true;
    }

    /** The node answered. */
    void onReply(NodeTime now, Reply reply);

    /** It did not. */
    void onFailure(NodeTime now, Failure failure);
}
