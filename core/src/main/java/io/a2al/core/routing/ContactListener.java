package io.a2al.core.routing;

import io.a2al.core.time.NodeTime;
import io.a2al.protocol.message.Contact;
import java.time.Duration;
import java.util.Optional;

/** Learns of verified contacts; raised by {@link ContactLearning}. Called from within the core; must not throw. */
@FunctionalInterface
public interface ContactListener {

    /**
     * A node answered at this endpoint.
     *
     * @param isNew true if it has just entered the routing table
     */
    void onVerified(NodeTime now, Contact contact, boolean isNew);

    /**
     * A contact left the routing table, as it does not answer.
     *
     * @param knownFor the time between its first and its latest answer; empty if it never answered
     */
    default void onLost(NodeTime now, Contact contact, Optional<Duration> knownFor) {}

    /** A node in client mode answered at this endpoint; it is no contact, as it serves no requests. */
    default void onClientVerified(NodeTime now, Contact client) {}
}
