package io.a2al.sim.world;

import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Envelope;
import io.a2al.sim.network.Datagram;

/**
 * The behaviour of a dishonest participant. It stands between the socket of the participant and an honest node, which
 * handles every datagram that the attacker does not take, so that the participant stays in routing tables. An attacker
 * has only its own keys, and may send anything to any address from any address ({@link SimNode#send},
 * {@link SimNode#sendAs}). One instance for each participant.
 */
public interface Attacker {

    /** Called when the participant was switched on. */
    default void onStarted(SimNode self) {}

    /**
     * Called when a datagram arrived that decodes as a message; its signature has not been checked.
     *
     * @return true if the attacker took it; false to let the honest node have it
     */
    boolean takes(SimNode self, Endpoint from, Envelope envelope, Datagram datagram);
}
