package io.a2al.sim.attack;

import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Envelope;
import io.a2al.sim.engine.Stream;
import io.a2al.sim.network.Datagram;
import io.a2al.sim.world.Attacker;
import io.a2al.sim.world.SimNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Does one thing over and over, and leaves everything else to the honest node. Not thread-safe. */
abstract class Flood implements Attacker {

    /** What the attackers share. */
    final Conspiracy plot;

    /** This one's randomness. */
    final Stream stream;

    private final long interval;
    private int lives;

    Flood(int perSecond, Conspiracy plot, Stream stream) {
        this.plot = plot;
        this.stream = stream;
        this.interval = Duration.ofSeconds(1).toNanos() / perSecond;
    }

    /** Does it once. */
    abstract void strike(SimNode self);

    @Override
    public final void onStarted(SimNode self) {
        lives++;
        strikeAgain(self, lives);
    }

    private void strikeAgain(SimNode self, int life) {
        self.world().queue().at(self.world().now() + interval, () -> {
            if (life == lives && self.isUp()) {
                strike(self);
                strikeAgain(self, life);
            }
        });
    }

    @Override
    public final boolean takes(SimNode self, Endpoint from, Envelope envelope, Datagram datagram) {
        return false;
    }

    /** The contact that a random number chooses; nothing if nobody is known. */
    static Optional<Contact> anyContact(SimNode self, int random) {
        List<Contact> contacts = self.core().orElseThrow().contacts();
        return contacts.isEmpty()
                ? Optional.empty()
                : Optional.of(contacts.get(Math.floorMod(random, contacts.size())));
    }
}
