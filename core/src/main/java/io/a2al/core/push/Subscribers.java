package io.a2al.core.push;

import io.a2al.core.bounds.Occupancy;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Who is to be sent the next new record of which key, once (node.md section 18). Bounded in all directions
 * (known-defects D-47): per key, per peer and altogether; at a limit newcomers are refused, so that nobody can push out
 * others. A record that comes while a push to a subscriber is under way waits for its renewal. Times in nanoseconds.
 * Not thread-safe.
 */
public final class Subscribers {

    /** What became of the wish to subscribe. */
    public enum Admission {
        /** The peer is subscribed now. */
        ADDED,
        /** It was already, and is for longer now. */
        RENEWED,
        /** A limit is reached. */
        REFUSED
    }

    /** One push to make. */
    public record Push(Contact to, NodeId key, VerifiedRecord record) {}

    private record Place(NodeId key, NodeId peer) {}

    private static final class Subscription {
        private Contact peer;
        private int type;
        private long subscribedAt;
        private boolean pushing;
        private final Deque<VerifiedRecord> backlog = new ArrayDeque<>();

        Subscription(Contact peer, int type) {
            this.peer = peer;
            this.type = type;
        }

        boolean wants(VerifiedRecord record) {
            return type == RecordType.ANY || type == record.record().type();
        }
    }

    private final long lifetime;
    private final PushSettings.Serving settings;

    /** All of them, the one not renewed for longest first. */
    private final SequencedMap<Place, Subscription> all = new LinkedHashMap<>();

    /** The same by key; who subscribed first is told first. */
    private final Map<NodeId, SequencedMap<NodeId, Subscription>> byKey = new HashMap<>();

    private final Map<NodeId, Integer> keysOfPeer = new HashMap<>();
    private long refused;

    /** Nobody is subscribed yet. */
    public Subscribers(PushSettings settings) {
        this.lifetime = settings.lifetime().toNanos();
        this.settings = settings.serving();
    }

    /**
     * A peer, proven to be at its endpoint, wants the next new record of {@code key}.
     *
     * @param type the record type it asked for, 0 for any; a second subscription for another type makes it any
     */
    public Admission subscribe(NodeId key, int type, Contact peer, long now) {
        dropExpired(now);
        Place place = new Place(key, peer.nodeId());
        Subscription known = all.get(place);
        if (known != null) {
            known.peer = peer;
            known.type = known.type == type ? type : RecordType.ANY;
            renew(place, known, now);
            return Admission.RENEWED;
        }
        if (isFull(place)) {
            refused++;
            return Admission.REFUSED;
        }
        Subscription added = new Subscription(peer, type);
        byKey.computeIfAbsent(key, absent -> new LinkedHashMap<>()).put(peer.nodeId(), added);
        keysOfPeer.merge(peer.nodeId(), 1, Integer::sum);
        renew(place, added, now);
        return Admission.ADDED;
    }

    private boolean isFull(Place place) {
        Map<NodeId, Subscription> atKey = byKey.get(place.key());
        return all.size() >= settings.total()
                || (atKey != null && atKey.size() >= settings.perKey())
                || keysOfPeer.getOrDefault(place.peer(), 0) >= settings.perPeer();
    }

    private void renew(Place place, Subscription subscription, long now) {
        subscription.subscribedAt = now;
        all.putLast(place, subscription);
    }

    /**
     * A new record was stored at {@code key}, by {@code from} if somebody else did it, who then need not be told.
     * Returns the pushes to make; {@link #acknowledged} or {@link #failed} must follow for each.
     */
    public List<Push> stored(NodeId key, VerifiedRecord record, Optional<NodeId> from, long now) {
        dropExpired(now);
        SequencedMap<NodeId, Subscription> atKey = byKey.get(key);
        if (atKey == null) {
            return List.of();
        }
        List<Push> pushes = new ArrayList<>();
        atKey.forEach((peer, subscription) -> {
            if (!subscription.wants(record) || from.equals(Optional.of(peer))) {
                return;
            }
            if (!subscription.pushing) {
                subscription.pushing = true;
                pushes.add(new Push(subscription.peer, key, record));
            } else if (subscription.backlog.size() < settings.maxBacklog()) {
                subscription.backlog.add(record);
            }
        });
        return pushes;
    }

    /** The subscriber got it. Returns the push that can be made next, if it wants more and more has come meanwhile. */
    public Optional<Push> acknowledged(Push push, boolean wantsMore, long now) {
        Place place = new Place(push.key(), push.to().nodeId());
        Subscription subscription = all.get(place);
        if (subscription == null) {
            return Optional.empty();
        }
        if (!wantsMore) {
            remove(place);
            return Optional.empty();
        }
        renew(place, subscription, now);
        VerifiedRecord next = subscription.backlog.poll();
        subscription.pushing = next != null;
        return Optional.ofNullable(next).map(record -> new Push(subscription.peer, push.key(), record));
    }

    /** The subscriber did not answer, or nothing could be sent to it. */
    public void failed(Push push) {
        remove(new Place(push.key(), push.to().nodeId()));
    }

    private void dropExpired(long now) {
        List<Place> expired = new ArrayList<>();
        Iterator<Map.Entry<Place, Subscription>> oldestFirst = all.entrySet().iterator();
        while (oldestFirst.hasNext()) {
            Map.Entry<Place, Subscription> entry = oldestFirst.next();
            if (now - entry.getValue().subscribedAt < lifetime) {
                break;
            }
            expired.add(entry.getKey());
        }
        expired.forEach(this::remove);
    }

    private void remove(Place place) {
        if (all.remove(place) == null) {
            return;
        }
        byKey.computeIfPresent(place.key(), (key, atKey) -> {
            atKey.remove(place.peer());
            return atKey.isEmpty() ? null : atKey;
        });
        keysOfPeer.computeIfPresent(place.peer(), (peer, keys) -> keys == 1 ? null : keys - 1);
    }

    /** Subscriptions at present; some may have run out since the last input. */
    public Occupancy occupancy() {
        return new Occupancy(all.size(), settings.total());
    }

    /** Wishes to subscribe that a limit stood against. */
    public long refused() {
        return refused;
    }
}
