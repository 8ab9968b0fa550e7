package io.a2al.sim.attack;

import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Envelope;
import io.a2al.sim.engine.Stream;
import io.a2al.sim.network.Datagram;
import io.a2al.sim.world.Attacker;
import io.a2al.sim.world.SimNode;
import java.util.List;

/**
 * An attacker that replays every request that it receives to other nodes, unchanged and from its own address, so that
 * the original sender seems to have that address (known-defects D-01).
 */
final class ReplayAttacker implements Attacker {

    /** Number of nodes to which each request is replayed. */
    private static final int VICTIMS = 3;

    private final SharedKnowledge shared;
    private final Stream stream;

    ReplayAttacker(SharedKnowledge shared, Stream stream) {
        this.shared = shared;
        this.stream = stream;
    }

    @Override
    public boolean takes(SimNode self, Endpoint from, Envelope envelope, Datagram datagram) {
        List<Contact> contacts = self.core().orElseThrow().contacts();
        if (!envelope.header().type().isResponse() && !contacts.isEmpty() && shared.isFirstReplayOf(datagram)) {
            for (int i = 0; i < VICTIMS; i++) {
                Endpoint victim =
                        contacts.get(stream.nextBelow(contacts.size())).endpoint();
                self.world().network().send(self.host(), victim, datagram);
            }
        }
        return false;
    }
}
