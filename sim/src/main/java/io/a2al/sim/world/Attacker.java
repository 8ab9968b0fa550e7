package io.a2al.sim.world;

import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Envelope;
import io.a2al.sim.network.Datagram;

/**
 * What a participant does that is not honest. It sits between its socket and an honest node, which keeps it in the
 * routing tables of others: whatever it does not take for itself, that node reacts to. It has its own keys and no
 * others, and may send whatever it likes, to anybody, from any address ({@link SimNode#send}, {@link SimNode#sendAs}).
 * One instance for each participant.
 */
public interface Attacker {

    /** The participant was switched on. */
    default void onStarted(SimNode self) {}

    /** True if it shows old records for the newest. */
    default boolean showsOldRecords() {
        return false;
    }

    /**
     * A datagram arrived that is a message, whose signature was not checked.
     *
     * @return true if the attacker took it; false to let the honest node have it
     */
    boolean takes(SimNode self, Endpoint from, Envelope envelope, Datagram datagram);
}
