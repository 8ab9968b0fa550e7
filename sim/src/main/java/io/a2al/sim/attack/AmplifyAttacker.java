package io.a2al.sim.attack;

import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Message;
import io.a2al.sim.engine.Stream;
import io.a2al.sim.network.AddressPlan;
import io.a2al.sim.network.Datagram;
import io.a2al.sim.world.SimNode;

/**
 * Asks short questions with long answers in the name of somebody else, who did not ask and gets the answers
 * (known-defects D-04).
 */
final class AmplifyAttacker extends Flood {

    private static final int PER_SECOND = 20;

    /** Where the victim is, who is no participant. */
    private static final Endpoint VICTIM = AddressPlan.inPrefix(3_000_000, 0);

    AmplifyAttacker(Conspiracy plot, Stream stream) {
        super(PER_SECOND, plot, stream);
    }

    @Override
    void strike(SimNode self) {
        anyContact(self, (int) stream.nextLong()).ifPresent(contact -> {
            byte[] target = new byte[NodeId.LENGTH];
            stream.nextBytes(target);
            Message question = new Message.FindNode(NodeId.read(target, 0));
            Datagram datagram = plot.world()
                    .encode(plot.newTransaction(), question, self.keys().signer());
            self.sendAs(VICTIM, contact.endpoint(), datagram);
        });
    }
}
