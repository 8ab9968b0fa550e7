package io.a2al.core.liveness;

import io.a2al.core.bounds.BoundedMap;
import io.a2al.core.bounds.Occupancy;
import io.a2al.protocol.id.NodeId;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * How well peers answer (node.md section 7). A peer is {@link State#BAD} after two requests in a row without an answer,
 * but only for a while that doubles with each further failure; then it gets another chance (known-defects D-12).
 * Bounded: the peer not thought of for longest is forgotten. Times in nanoseconds. Not thread-safe.
 */
public final class PeerHealth {

    /** What to expect of a peer. */
    public enum State {
        /** It never answered, or failed long enough ago to be tried again. */
        UNKNOWN,
        /** It answered last time, or missed one request at most. */
        GOOD,
        /** It missed two requests or more, the last one recently. */
        BAD
    }

    private static final int FAILURES_TO_BAD = 2;
    private static final int FAILURES_TO_LOST = 5;
    private static final long FIRST_PENALTY = Duration.ofSeconds(30).toNanos();
    private static final int MAX_DOUBLINGS = 7;
    private static final int RECENT_ROUND_TRIPS = 63;

    private static final class Peer {
        private int failures;
        private boolean answeredEver;
        private long failingSince;
        private long lastFailure;
        private RoundTrip roundTrip = new RoundTrip();
    }

    private final BoundedMap<NodeId, Peer> peers;
    private final long[] recent = new long[RECENT_ROUND_TRIPS];
    private long measured;

    /** Remembers at most {@code capacity} peers. */
    public PeerHealth(int capacity) {
        peers = new BoundedMap<>(capacity);
    }

    /** The peer answered. */
    public void success(NodeId peer) {
        Peer known = peers.computeIfAbsent(peer, id -> new Peer());
        known.failures = 0;
        known.answeredEver = true;
    }

    /** The peer answered a request that was sent once, {@code roundTripNanos} before. */
    public void measured(NodeId peer, long roundTripNanos) {
        peers.computeIfAbsent(peer, id -> new Peer()).roundTrip.sample(roundTripNanos);
        recent[(int) (measured++ % RECENT_ROUND_TRIPS)] = roundTripNanos;
    }

    /** The peer answered a request that was sent several times, the first time {@code nanos} before. */
    public void measuredAtMost(NodeId peer, long nanos) {
        peers.computeIfAbsent(peer, id -> new Peer()).roundTrip.atMost(nanos);
    }

    /** The peer left a request unanswered until its deadline. */
    public void failure(NodeId peer, long now) {
        Peer known = peers.computeIfAbsent(peer, id -> new Peer());
        known.failures++;
        known.lastFailure = now;
        if (known.failures == 1) {
            known.failingSince = now;
        }
    }

    /** Takes back failures of a peer that were not its fault. */
    public void forgive(NodeId peer, int failures) {
        Peer known = peers.get(peer);
        if (known != null) {
            known.failures = Math.max(0, known.failures - failures);
        }
    }

    /** What to expect of a peer at {@code now}. */
    public State stateOf(NodeId peer, long now) {
        Peer known = peers.get(peer);
        if (known == null) {
            return State.UNKNOWN;
        }
        if (known.failures < FAILURES_TO_BAD) {
            return known.answeredEver ? State.GOOD : State.UNKNOWN;
        }
        int doublings = Math.min(known.failures - FAILURES_TO_BAD, MAX_DOUBLINGS);
        return now - known.lastFailure < FIRST_PENALTY << doublings ? State.BAD : State.UNKNOWN;
    }

    /** True if the peer missed two requests or more, the last one within half a minute: asking again can wait. */
    public boolean isSilentLately(NodeId peer, long now) {
        Peer known = peers.get(peer);
        return known != null && known.failures >= FAILURES_TO_BAD && now - known.lastFailure < FIRST_PENALTY;
    }

    /** True if the peer missed so many requests in a row that it can be forgotten. */
    public boolean isLost(NodeId peer) {
        Peer known = peers.get(peer);
        return known != null && known.failures >= FAILURES_TO_LOST;
    }

    /** How many requests the peer missed in a row. */
    public int failures(NodeId peer) {
        Peer known = peers.get(peer);
        return known == null ? 0 : known.failures;
    }

    /** True if the peer answered the last request made to it. */
    public boolean answeredLast(NodeId peer) {
        Peer known = peers.get(peer);
        return known != null && known.answeredEver && known.failures == 0;
    }

    /** When the first of the requests was given up that the peer has missed in a row; nothing if it missed none. */
    public Optional<Long> failingSince(NodeId peer) {
        return Optional.ofNullable(peers.get(peer))
                .filter(known -> known.failures > 0)
                .map(known -> known.failingSince);
    }

    /** The round-trip time of a peer; unknown for a stranger. */
    public RoundTrip roundTripOf(NodeId peer) {
        Peer known = peers.get(peer);
        return known == null ? new RoundTrip() : known.roundTrip;
    }

    /** Median of the latest round-trip times of all peers, or {@code otherwise} before the first. */
    public long medianRoundTrip(long otherwise) {
        int count = (int) Math.min(measured, RECENT_ROUND_TRIPS);
        if (count == 0) {
            return otherwise;
        }
        long[] sorted = Arrays.copyOf(recent, count);
        Arrays.sort(sorted);
        return sorted[count / 2];
    }

    /** Forgets all round-trip times, as after a change of network. */
    public void forgetRoundTrips() {
        peers.values().forEach(known -> known.roundTrip = new RoundTrip());
        measured = 0;
    }

    /** Number of peers remembered. */
    public int size() {
        return peers.size();
    }

    /** Peers remembered. */
    public Occupancy occupancy() {
        return peers.occupancy();
    }
}
