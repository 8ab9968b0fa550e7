package io.a2al.sim.attack;

import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Envelope;
import io.a2al.protocol.message.Message;
import io.a2al.sim.engine.Stream;
import io.a2al.sim.network.Datagram;
import io.a2al.sim.world.Attacker;
import io.a2al.sim.world.SimNode;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** An attacker that repeats one action at a fixed rate, and otherwise behaves like an honest node. Not thread-safe. */
abstract class Flood implements Attacker {

    /** Number of nodes near a key among which attackers choose. */
    private static final int NEAREST = 8;

    /** State shared by all attackers. */
    final SharedKnowledge shared;

    /** Random numbers of this attacker. */
    final Stream stream;

    private final long interval;
    private int lives;

    Flood(int perSecond, SharedKnowledge shared, Stream stream) {
        this.shared = shared;
        this.stream = stream;
        this.interval = Duration.ofSeconds(1).toNanos() / perSecond;
    }

    /** Performs the action once. */
    abstract void attack(SimNode self);

    /** Called when a STORE arrived, before the honest node handles it. */
    void onStore(SimNode self, Endpoint from, Message.Store store) {
        // Most floods do not depend on what others store.
    }

    @Override
    public final void onStarted(SimNode self) {
        lives++;
        scheduleNext(self, lives);
    }

    private void scheduleNext(SimNode self, int life) {
        self.world().queue().at(self.world().now() + interval, () -> {
            if (life == lives && self.isUp()) {
                attack(self);
                scheduleNext(self, life);
            }
        });
    }

    @Override
    public final boolean takes(SimNode self, Endpoint from, Envelope envelope, Datagram datagram) {
        if (envelope.message() instanceof Message.Store store) {
            onStore(self, from, store);
        }
        return false;
    }

    /** Returns the nearest nodes to a key that the node knows, nearest first. */
    static List<Contact> nearest(SimNode self, NodeId key) {
        return nearest(self, key, NEAREST);
    }

    /** Returns that many of the nearest nodes to a key that the node knows, nearest first. */
    static List<Contact> nearest(SimNode self, NodeId key, int count) {
        return self.core().orElseThrow().contacts().stream()
                .sorted(Comparator.comparing(Contact::nodeId, key.byDistance()))
                .limit(count)
                .toList();
    }

    /** Returns the contact that a random number selects; empty if the node has no contacts. */
    static Optional<Contact> anyContact(SimNode self, int random) {
        List<Contact> contacts = self.core().orElseThrow().contacts();
        return contacts.isEmpty()
                ? Optional.empty()
                : Optional.of(contacts.get(Math.floorMod(random, contacts.size())));
    }
}
