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
 * An attacker that answers PINGs immediately, and all other requests correctly but after 0.5 to 3 seconds, which is
 * usually after, and sometimes just before, the request times out.
 */
final class SlowAttacker implements Attacker {

    /** Shortest delay, in nanoseconds. */
    private static final long SHORTEST = Duration.ofMillis(500).toNanos();

    /** Longest delay beyond {@link #SHORTEST}, in nanoseconds. */
    private static final double RANGE = Duration.ofMillis(2500).toNanos();

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
        long delay = SHORTEST + (long) (stream.nextUnit() * RANGE);
        self.world().queue().at(self.world().now() + delay, () -> self.deliver(from, datagram));
        return true;
    }
}
