package io.a2al.sim.attack;

import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Message;
import io.a2al.sim.engine.Stream;
import io.a2al.sim.network.AddressPlan;
import io.a2al.sim.network.Datagram;
import io.a2al.sim.world.SimNode;

/**
 * An attacker that sends small requests with large responses from the spoofed address of a victim, which gets the
 * responses (known-defects D-04).
 */
final class AmplifyAttacker extends Flood {

    private static final int PER_SECOND = 20;

    /** Address of the victim, which is not a participant. */
    private static final Endpoint VICTIM = AddressPlan.inPrefix(3_000_000, 0);

    AmplifyAttacker(SharedKnowledge shared, Stream stream) {
        super(PER_SECOND, shared, stream);
    }

    @Override
    void attack(SimNode self) {
        anyContact(self, (int) stream.nextLong()).ifPresent(contact -> {
            byte[] target = new byte[NodeId.LENGTH];
            stream.nextBytes(target);
            Message request = new Message.FindNode(NodeId.read(target, 0));
            Datagram datagram = shared.world()
                    .encode(shared.newTransaction(), request, self.keys().signer());
            self.sendAs(VICTIM, contact.endpoint(), datagram);
        });
    }
}
