package io.a2al.core.routing;

import io.a2al.core.api.Reach;
import io.a2al.core.bounds.Occupancy;
import io.a2al.core.time.NodeTime;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Which peers answered us within the last seven days, and when last (node.md section 9.2): verified contacts only,
 * never contacts that peers report (known-defects D-38). Bounded: beyond the capacity the peer not seen for longest is
 * evicted. Times in Unix seconds. Not thread-safe.
 */
public final class SeenPeers implements ContactListener {

    /** How long a peer is remembered, in seconds. */
    public static final long WINDOW_SECONDS = Duration.ofDays(7).toSeconds();

    private static final long HOUR = Duration.ofHours(1).toSeconds();
    private static final long DAY = Duration.ofDays(1).toSeconds();

    /**
     * When a peer was last seen.
     *
     * @param unixSeconds the time
     */
    public record Seen(NodeId nodeId, long unixSeconds) {}

    private record Entry(long unixSeconds, boolean sinceStart) {}

    private final int capacity;

    /** Seen longest ago first, as far as the clock goes forward. */
    private final SequencedMap<NodeId, Entry> peers = new LinkedHashMap<>();

    private long sinceStart;

    /** Remembers at most {@code capacity} peers. */
    public SeenPeers(int capacity) {
        this.capacity = capacity;
    }

    /**
     * Takes what was remembered before the start; what is older than the window is left out. A time in the future, from
     * a clock that was wrong, counts as the present.
     */
    public void restore(List<Seen> earlier, long now) {
        earlier.stream()
                .sorted(Comparator.comparingLong(Seen::unixSeconds))
                .filter(seen -> seen.unixSeconds() >= now - WINDOW_SECONDS)
                .forEach(seen -> {
                    if (!peers.containsKey(seen.nodeId())) {
                        remember(seen.nodeId(), new Entry(Math.min(seen.unixSeconds(), now), false));
                    }
                });
    }

    @Override
    public void onVerified(NodeTime now, Contact contact, boolean isNew) {
        note(contact.nodeId(), now.unixSeconds());
    }

    /** Notes that the peer answered us. */
    public void note(NodeId peer, long now) {
        Entry known = peers.get(peer);
        if (known == null || !known.sinceStart()) {
            sinceStart++;
        }
        remember(peer, new Entry(now, true));
    }

    /** Returns when the peer answered last, in Unix seconds; empty if that is not remembered. */
    public Optional<Long> lastSeen(NodeId peer) {
        return Optional.ofNullable(peers.get(peer)).map(Entry::unixSeconds);
    }

    private void remember(NodeId peer, Entry entry) {
        peers.putLast(peer, entry);
        if (peers.size() > capacity) {
            peers.pollFirstEntry();
        }
    }

    /** Removes peers that were last seen before the window. */
    public void purge(long now) {
        peers.values().removeIf(entry -> now - entry.unixSeconds() > WINDOW_SECONDS);
    }

    /**
     * Counts the peers that were seen within an hour, a day and a week before {@code now}, bounds included. A peer
     * evicted at the capacity and seen again counts as another one since the start.
     */
    public Reach reach(long now) {
        int hour = 0;
        int day = 0;
        int week = 0;
        for (Entry entry : peers.values()) {
            long age = now - entry.unixSeconds();
            hour += age <= HOUR ? 1 : 0;
            day += age <= DAY ? 1 : 0;
            week += age <= WINDOW_SECONDS ? 1 : 0;
        }
        return new Reach(hour, day, week, sinceStart);
    }

    /** Returns all peers remembered, seen longest ago first. */
    public List<Seen> all() {
        return peers.sequencedEntrySet().stream()
                .map(peer -> new Seen(peer.getKey(), peer.getValue().unixSeconds()))
                .toList();
    }

    /** Returns the peers remembered beside their limit. */
    public Occupancy occupancy() {
        return new Occupancy(peers.size(), capacity);
    }
}
