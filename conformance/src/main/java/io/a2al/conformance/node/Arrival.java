package io.a2al.conformance.node;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.message.Envelope;
import io.a2al.protocol.message.Message;
import java.util.Optional;

/**
 * A datagram received by a {@link ProbePeer}. Immutable.
 *
 * @param envelope the decoded message; empty if the datagram is malformed
 * @param verified true if the datagram is a message with a valid signature
 */
record Arrival(Bytes datagram, Optional<Envelope> envelope, boolean verified) {

    /** Returns the message if it has a valid signature and is of type {@code kind}. */
    <M extends Message> Optional<M> message(Class<M> kind) {
        return envelope.filter(ignored -> verified)
                .map(Envelope::message)
                .filter(kind::isInstance)
                .map(kind::cast);
    }

    /** Returns true if it answers a request. */
    boolean isAnswer() {
        return envelope.filter(message -> message.header().type().isResponse()).isPresent();
    }

    @Override
    public String toString() {
        return envelope.map(present -> present.header().type().toString()).orElse("no message") + " of "
                + datagram.length() + " bytes"
                + (envelope.isPresent() && !verified ? ", signature invalid" : "");
    }
}
