package io.a2al.sim.attack;

import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Envelope;
import io.a2al.protocol.message.MessageType;
import io.a2al.sim.network.Datagram;
import io.a2al.sim.world.Attacker;
import io.a2al.sim.world.SimNode;

/** An attacker that answers PINGs, so that it stays in routing tables, but lets all other requests time out. */
final class SilentAttacker implements Attacker {

    @Override
    public boolean takes(SimNode self, Endpoint from, Envelope envelope, Datagram datagram) {
        MessageType type = envelope.header().type();
        return !type.isResponse() && type != MessageType.PING;
    }
}
