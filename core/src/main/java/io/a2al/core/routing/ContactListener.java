package io.a2al.core.routing;

import io.a2al.core.time.NodeTime;
import io.a2al.protocol.message.Contact;

/** Learns of verified contacts; raised by {@link ContactLearning}. Called from within the core; must not throw. */
@FunctionalInterface
public interface ContactListener {

    /**
     * A node answered at this endpoint.
     *
     * @param isNew true if it has just entered the routing table
     */
    void onVerified(NodeTime now, Contact contact, boolean isNew);
}
