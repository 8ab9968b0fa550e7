package io.a2al.dht.result;

import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import java.time.Duration;

/** The result of a PING. Immutable; thread-safe. */
public sealed interface PingResult {

    /**
     * A node answered.
     *
     * @param node its identity and address
     * @param observed this node's own address as that node sees it
     * @param roundTrip from sending the PING to its answer
     */
    record Answered(Contact node, Endpoint observed, Duration roundTrip) implements PingResult {}

    /** The request timed out. */
    record NoAnswer() implements PingResult {}
}
