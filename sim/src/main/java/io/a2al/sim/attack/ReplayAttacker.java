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
 * Sends every request that it gets once more, byte by byte, to others and from its own address, so that the sender
 * seems to be there (known-defects D-01).
 */
final class ReplayAttacker implements Attacker {

    private static final int VICTIMS = 3;

    private final Conspiracy plot;
    private final Stream stream;

    ReplayAttacker(Conspiracy plot, Stream stream) {
        this.plot = plot;
        this.stream = stream;
    }

    @Override
    public boolean takes(SimNode self, Endpoint from, Envelope envelope, Datagram datagram) {
        List<Contact> contacts = self.core().orElseThrow().contacts();
        if (!envelope.header().type().isResponse() && !contacts.isEmpty() && plot.isFirstReplayOf(datagram)) {
            for (int i = 0; i < VICTIMS; i++) {
                Endpoint victim =
                        contacts.get(stream.nextBelow(contacts.size())).endpoint();
                self.world().network().send(self.host(), victim, datagram);
            }
        }
        return false;
    }
}
