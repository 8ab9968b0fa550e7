package io.a2al.core.republish;

import io.a2al.core.bounds.Occupancy;
import io.a2al.core.time.NodeTime;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SequencedMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Nodes that joined lately, and the walk through all keys that finds the records they are near to. A node that joins
 * during a walk waits for the next one. Times in nanoseconds. Not thread-safe.
 */
final class Newcomers {

    private record Arrival(Contact contact, long at) {}

    private final RepublishSettings settings;
    private final RandomGenerator random;
    private final SequencedMap<NodeId, Arrival> waiting = new LinkedHashMap<>();
    private final Queue<NodeId> keysLeft = new ArrayDeque<>();
    private Map<NodeId, Arrival> introduced = Map.of();
    private long walkAt;

    Newcomers(RepublishSettings settings, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
    }

    /** Adds a node that joined just now. Returns false if too many are waiting. */
    boolean add(long now, Contact contact) {
        if (waiting.size() >= settings.limits().maxNewcomers()) {
            return waiting.containsKey(contact.nodeId());
        }
        if (waiting.isEmpty()) {
            long wait = settings.timing().introduction().toNanos();
            walkAt = now + wait + random.nextLong(wait + 1);
        }
        waiting.putIfAbsent(contact.nodeId(), new Arrival(contact, now));
        return true;
    }

    /** Returns the next key of the walk, if one is under way or may begin. */
    Optional<NodeId> nextKey(long now, Supplier<List<NodeId>> keys) {
        if (keysLeft.isEmpty() && !waiting.isEmpty() && now - walkAt >= 0) {
            introduced = Map.copyOf(waiting);
            waiting.clear();
            keysLeft.addAll(keys.get());
        }
        return Optional.ofNullable(keysLeft.poll());
    }

    /** Returns true if the present walk is for this node. */
    boolean isIntroduced(Contact contact) {
        return introduced.containsKey(contact.nodeId());
    }

    /** Returns true if the present walk is for this node, and the node joined after {@code time}. */
    boolean joinedAfter(long time, Contact contact) {
        Arrival arrival = introduced.get(contact.nodeId());
        return arrival != null && arrival.at() - time > 0;
    }

    /** Returns when the walk goes on; {@link NodeTime#NEVER} if no node waits. */
    long nextDeadline(long now) {
        if (!keysLeft.isEmpty()) {
            return now;
        }
        return waiting.isEmpty() ? NodeTime.NEVER : walkAt;
    }

    Occupancy occupancy() {
        return new Occupancy(waiting.size(), settings.limits().maxNewcomers());
    }
}
