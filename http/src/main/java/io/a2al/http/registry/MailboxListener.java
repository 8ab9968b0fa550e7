package io.a2al.http.registry;

import io.a2al.protocol.id.Address;
import java.util.Optional;

/** Is told of new notes for agents that the node keeps. Called on threads of the node; must return soon. */
@FunctionalInterface
public interface MailboxListener {

    /** The source of a note that was not asked for: another node stored it here or pushed it. */
    String PUSHED = "dht_push";

    /**
     * There are new notes. They are not consumed by this.
     *
     * @param count how many
     * @param source {@link #PUSHED}, or empty if a poll found them
     */
    void onMail(Address agent, int count, Optional<String> source);
}
