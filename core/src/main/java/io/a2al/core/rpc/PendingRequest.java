package io.a2al.core.rpc;

import io.a2al.core.liveness.RoundTrip;
import io.a2al.core.liveness.TimedOutRequest;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageType;
import io.a2al.protocol.message.TransactionId;
import java.util.Optional;

/**
 * One request under way. States: waiting (from construction), then either answered or failed, when its owner removes it
 * from {@link PendingRequests}. Times in nanoseconds. Not thread-safe.
 *
 * @param <H> what its owner does with the result
 */
public final class PendingRequest<H> implements TimedOutRequest {

    private final TransactionId transactionId;
    private final Endpoint to;
    private final Optional<NodeId> expected;
    private final boolean begunExtended;
    private final MessageType responseType;
    private final long startedAt;
    private final long deadline;
    private final H handler;
    private Message request;
    private int attempts;
    private int unpadded;
    private int unsent;

    /**
     * A request that is about to be sent.
     *
     * @param expected the node that should answer; empty if it is not known yet
     * @throws IllegalArgumentException if the message is not a request
     */
    public PendingRequest(
            TransactionId transactionId,
            Endpoint to,
            Optional<NodeId> expected,
            Message request,
            long startedAt,
            long deadline,
            H handler) {
        this.transactionId = transactionId;
        this.to = to;
        this.expected = expected;
        this.request = request;
        this.begunExtended = PeerVersions.isExtended(request);
        this.responseType = request.type()
                .response()
                .orElseThrow(() -> new IllegalArgumentException(request.type() + " is not a request"));
        this.startedAt = startedAt;
        this.deadline = deadline;
        this.handler = handler;
    }

    /** Returns the id that the answer must carry; the same for all attempts, so that a late answer still counts. */
    public TransactionId transactionId() {
        return transactionId;
    }

    /** Returns where it is sent. */
    public Endpoint to() {
        return to;
    }

    /** Returns the node that should answer. */
    @Override
    public Optional<NodeId> expected() {
        return expected;
    }

    /** Returns what is asked. */
    @Override
    public Message request() {
        return request;
    }

    /** Returns true if it was first sent in a form that only the newer protocol version understands. */
    @Override
    public boolean begunExtended() {
        return begunExtended;
    }

    /** Continues in the form that every peer understands, if there is one; returns true if that is another form. */
    public boolean fallBack() {
        Message basic = request.basicForm().orElse(request);
        boolean other = !basic.equals(request);
        request = basic;
        return other;
    }

    /** Returns when it was first sent. */
    @Override
    public long startedAt() {
        return startedAt;
    }

    /** Returns when the request times out. */
    public long deadline() {
        return deadline;
    }

    /** Returns what its owner does with the result. */
    public H handler() {
        return handler;
    }

    /** Returns how often it was sent. */
    public int attempts() {
        return attempts;
    }

    /** Counts one more attempt without padding. */
    public void countAttempt() {
        countAttempt(false);
    }

    /** Counts one more attempt. */
    public void countAttempt(boolean padded) {
        attempts++;
        unpadded += padded ? 0 : 1;
    }

    /** Returns true if every attempt was padded. */
    public boolean isPadded() {
        return attempts > 0 && unpadded == 0;
    }

    /** Returns when to act after the latest attempt: the time to send again, or the deadline if that is earlier. */
    public long nextActionAt(long now, RetryPolicy policy, RoundTrip roundTrip) {
        return Math.min(deadline, now + policy.waitAfter(attempts, roundTrip));
    }

    /** Notes that the shell could not send the latest attempt. */
    public void noteUnsent() {
        unsent++;
    }

    /** Returns true if no attempt ever left this machine. */
    @Override
    public boolean wasNeverSent() {
        return unsent >= attempts;
    }

    /** Returns true if such a message can be the answer (known-defects D-13); the port of its source may differ. */
    public boolean isAnsweredBy(MessageType type, Endpoint from) {
        return type == responseType && from.hasSameIp(to);
    }
}
