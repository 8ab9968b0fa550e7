package io.a2al.core.push;

import io.a2al.core.bounds.NetworkCounts;
import io.a2al.core.bounds.NetworkLevel;
import io.a2al.core.bounds.Occupancy;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Predicate;

/**
 * The subscriptions of other nodes: which peer is to be sent the next new record of which key, once (node.md section
 * 18). Bounded per key, per peer and altogether (known-defects D-47); at a limit newcomers are refused, so that no peer
 * evicts another. A record that comes while a push to a subscriber is under way waits until the acknowledgement renews
 * the subscription. Times in nanoseconds. Not thread-safe.
 */
public final class Subscribers {

    /** The result of a request to subscribe. */
    public enum Admission {
        /** The peer is subscribed now. */
        ADDED,
        /** The peer was subscribed already; the subscription is renewed. */
        RENEWED,
        /** A limit is reached. */
        REFUSED
    }

    /** One push to make. */
    public record Push(Contact to, NodeId key, VerifiedRecord record) {}

    private record Place(NodeId key, NodeId peer) implements Comparable<Place> {

        private static final Comparator<Place> ORDER =
                Comparator.comparing(Place::key).thenComparing(Place::peer);

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

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

    /** A site has at most this part of the places, at a key and altogether. */
    private static final int SITES = 4;

    /** A network of any size has at most this part of the places. */
    private static final int LARGEST_NETWORKS = 2;

    /** This part of the places is for the address family that has fewer. */
    private static final int OTHER_FAMILY = 16;

    private final long lifetime;
    private final PushSettings.Serving settings;

    /** All subscriptions, the one renewed longest ago first. */
    private final SequencedMap<Place, Subscription> all = new LinkedHashMap<>();

    /** The same by key; the peer that subscribed first is sent a record first. */
    private final Map<NodeId, SequencedMap<NodeId, Subscription>> byKey = new HashMap<>();

    private final Map<NodeId, Integer> keysOfPeer = new HashMap<>();

    /** Subscriptions of each network, but for those that limits do not apply to. */
    private final NetworkCounts ofNetwork = new NetworkCounts();

    /** The same of IPv4 addresses, and of IPv6 addresses. */
    private int ofIpv4;

    private int ofIpv6;

    private final Predicate<Endpoint> exempt;
    private long refused;

    /**
     * No subscriptions.
     *
     * @param exempt addresses whose networks have no limit
     */
    public Subscribers(PushSettings settings, Predicate<Endpoint> exempt) {
        this.exempt = exempt;
        this.lifetime = settings.lifetime().toNanos();
        this.settings = settings.serving();
    }

    /**
     * Subscribes a peer whose endpoint is verified to the next new record of {@code key}.
     *
     * @param type the record type it asked for, 0 for any; a second subscription for another type makes it any
     */
    public Admission subscribe(NodeId key, int type, Contact peer, long now) {
        dropExpired(now);
        Place place = new Place(key, peer.nodeId());
        Subscription known = all.get(place);
        if (known != null) {
            uncount(known.peer);
            known.peer = peer;
            count(peer);
            known.type = known.type == type ? type : RecordType.ANY;
            renew(place, known, now);
            return Admission.RENEWED;
        }
        if (isFull(place) || isCrowded(place, peer)) {
            refused++;
            return Admission.REFUSED;
        }
        Subscription added = new Subscription(peer, type);
        byKey.computeIfAbsent(key, absent -> new LinkedHashMap<>()).put(peer.nodeId(), added);
        keysOfPeer.merge(peer.nodeId(), 1, Integer::sum);
        count(peer);
        renew(place, added, now);
        return Admission.ADDED;
    }

    private boolean isFull(Place place) {
        Map<NodeId, Subscription> atKey = byKey.get(place.key());
        return all.size() >= settings.total()
                || (atKey != null && atKey.size() >= settings.perKey())
                || keysOfPeer.getOrDefault(place.peer(), 0) >= settings.perPeer();
    }

    /** Returns true if a network of a peer, or its address family, has its share of the places. */
    private boolean isCrowded(Place place, Contact peer) {
        Endpoint endpoint = peer.endpoint();
        if (exempt.test(endpoint)) {
            return false;
        }
        boolean ipv4 = NetworkLevel.isIpv4(endpoint);
        List<Endpoint> atKey = endpointsAt(place.key());
        long family = atKey.stream()
                .filter(other -> NetworkLevel.isIpv4(other) == ipv4)
                .count();
        if (family >= shareOfFamily(settings.perKey()) || (ipv4 ? ofIpv4 : ofIpv6) >= shareOfFamily(settings.total())) {
            return true;
        }
        for (NetworkLevel level : NetworkLevel.of(endpoint)) {
            long network = level.numberOf(endpoint);
            long neighbours = atKey.stream()
                    .filter(other -> level.numberOf(other) == network)
                    .count();
            if (neighbours >= share(level, settings.perKey())
                    || ofNetwork.of(network) >= share(level, settings.total())) {
                return true;
            }
        }
        return false;
    }

    /** Returns where the subscribers of a key are, but for those that limits do not apply to. */
    private List<Endpoint> endpointsAt(NodeId key) {
        Map<NodeId, Subscription> atKey = byKey.get(key);
        return atKey == null
                ? List.of()
                : atKey.values().stream()
                        .map(subscription -> subscription.peer.endpoint())
                        .filter(other -> !exempt.test(other))
                        .toList();
    }

    private static int share(NetworkLevel level, int places) {
        return Math.max(1, Math.min(level.limit(places / SITES), places / LARGEST_NETWORKS));
    }

    private static int shareOfFamily(int places) {
        return places - places / OTHER_FAMILY;
    }

    private void count(Contact peer) {
        if (!exempt.test(peer.endpoint())) {
            ofNetwork.add(peer.endpoint());
            countFamily(peer, 1);
        }
    }

    private void uncount(Contact peer) {
        if (!exempt.test(peer.endpoint())) {
            ofNetwork.remove(peer.endpoint());
            countFamily(peer, -1);
        }
    }

    private void countFamily(Contact peer, int difference) {
        if (NetworkLevel.isIpv4(peer.endpoint())) {
            ofIpv4 += difference;
        } else {
            ofIpv6 += difference;
        }
    }

    private void renew(Place place, Subscription subscription, long now) {
        subscription.subscribedAt = now;
        all.putLast(place, subscription);
    }

    /**
     * Notes a new record at {@code key}, stored by {@code from} if that is another node, which is not sent it then.
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

    /** Notes an acknowledgement. Returns the next push, if the subscriber wants more and a record is waiting. */
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

    /** Notes that the subscriber did not answer, or that nothing could be sent to it, and ends the subscription. */
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
        Subscription removed = all.remove(place);
        if (removed == null) {
            return;
        }
        uncount(removed.peer);
        byKey.computeIfPresent(place.key(), (key, atKey) -> {
            atKey.remove(place.peer());
            return atKey.isEmpty() ? null : atKey;
        });
        keysOfPeer.computeIfPresent(place.peer(), (peer, keys) -> keys == 1 ? null : keys - 1);
    }

    /** Returns the number of subscriptions; some may have expired since the last input. */
    public Occupancy occupancy() {
        return new Occupancy(all.size(), settings.total());
    }

    /** Returns how many subscriptions were refused because of a limit since the start. */
    public long refused() {
        return refused;
    }
}
