package io.a2al.conformance.node;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.message.Envelope;
import io.a2al.protocol.message.Message;
import java.util.Optional;

/**
 * A datagram that came to one of our sockets. Immutable.
 *
 * @param envelope the message, if it is one
 * @param verified true if it is one and its signature holds
 */
record Arrival(Bytes datagram, Optional<Envelope> envelope, boolean verified) {

    /** The message if it is signed and a {@code kind}. */
    <M extends Message> Optional<M> message(Class<M> kind) {
        return envelope.filter(ignored -> verified)
                .map(Envelope::message)
                .filter(kind::isInstance)
                .map(kind::cast);
    }

    @Override
    public String toString() {
        return envelope.map(present -> present.header().type().toString()).orElse("no message") + " of "
                + datagram.length() + " bytes" + (envelope.isPresent() && !verified ? ", forged" : "");
    }
}
