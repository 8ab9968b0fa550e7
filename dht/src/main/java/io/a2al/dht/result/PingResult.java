package io.a2al.dht.result;

import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import java.time.Duration;

/** What became of a PING. */
public sealed interface PingResult {

    /**
     * A node answered.
     *
     * @param node who it is
     * @param observed our own address as that node sees it
     * @param roundTrip from sending to the answer
     */
    record Answered(Contact node, Endpoint observed, Duration roundTrip) implements PingResult {}

    /** Nobody answered in time. */
    record NoAnswer() implements PingResult {}
}
