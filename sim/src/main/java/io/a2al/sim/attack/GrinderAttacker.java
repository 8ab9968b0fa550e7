package io.a2al.sim.attack;

import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Envelope;
import io.a2al.protocol.message.MessageType;
import io.a2al.sim.network.Datagram;
import io.a2al.sim.world.Attacker;
import io.a2al.sim.world.SimNode;

/**
 * One of many attackers in one network whose NodeIDs are ground to be near one node. They try to fill that node's view
 * of its own neighbourhood, and answer only PINGs (an eclipse attack).
 */
final class GrinderAttacker implements Attacker {

    @Override
    public boolean takes(SimNode self, Endpoint from, Envelope envelope, Datagram datagram) {
        MessageType type = envelope.header().type();
        return !type.isResponse() && type != MessageType.PING;
    }
}
