package io.a2al.sim.attack;

import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Envelope;
import io.a2al.protocol.message.MessageType;
import io.a2al.sim.engine.Stream;
import io.a2al.sim.network.Datagram;
import io.a2al.sim.world.Attacker;
import io.a2al.sim.world.SimNode;
import java.time.Duration;

/**
 * Answers PINGs at once, and everything else truthfully, but only when whoever asked has waited for some time, which is
 * mostly too long and sometimes just not.
 */
final class SlowAttacker implements Attacker {

    private static final long SHORTEST = Duration.ofMillis(500).toNanos();
    private static final double LONGEST_MORE = Duration.ofMillis(2500).toNanos();

    private final Stream stream;

    SlowAttacker(Stream stream) {
        this.stream = stream;
    }

    @Override
    public boolean takes(SimNode self, Endpoint from, Envelope envelope, Datagram datagram) {
        MessageType type = envelope.header().type();
        if (type.isResponse() || type == MessageType.PING) {
            return false;
        }
        long delay = SHORTEST + (long) (stream.nextUnit() * LONGEST_MORE);
        self.world().queue().at(self.world().now() + delay, () -> self.deliver(from, datagram));
        return true;
    }
}
