package io.a2al.core.liveness;

import io.a2al.core.bounds.BoundedMap;
import io.a2al.core.bounds.Occupancy;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * How well peers answer (node.md section 7). A peer is {@link State#BAD} after a few requests in a row without an
 * answer, but only for a while that doubles with each further failure; then it is tried again (known-defects D-12).
 * Bounded: the least recently used peer is evicted. Times in nanoseconds. Not thread-safe.
 */
public final class PeerHealth {

    /** What to expect of a peer. */
    public enum State {
        /** It never answered, or failed long enough ago to be tried again. */
        UNKNOWN,
        /** It answered its latest request, or has failed too few times to be bad. */
        GOOD,
        /** It failed several times in a row, the last time recently. */
        BAD
    }

    private static final class Peer {
        private int failures;
        private boolean answeredEver;
        private long failingSince;
        private long lastFailure;
        /** The outage in which it last did not answer; 0 if it has answered since. */
        private long silentIn;

        /** When it first did not answer in an outage, of this one or of an earlier one without an answer since. */
        private long silentSince;

        private RoundTrip roundTrip = new RoundTrip();
    }

    private final PeerHealthSettings settings;
    private final BoundedMap<NodeId, Peer> peers;
    private final ToLongFunction<NodeId> remembered;

    /** Round-trip times to addresses before the restart, in nanoseconds. */
    private final BoundedMap<Endpoint, Long> former;

    /** The latest round-trip times of all peers, a ring. */
    private final long[] latest;

    private long measured;

    /** Numbers the times between two suspected outages of our own network. */
    private long outage = 1;

    /** Remembers at most {@code capacity} peers. */
    public PeerHealth(PeerHealthSettings settings, int capacity) {
        this(settings, capacity, peer -> 0);
    }

    /**
     * Remembers at most {@code capacity} peers.
     *
     * @param remembered the round-trip time of other peers in nanoseconds; 0 if unknown
     */
    public PeerHealth(PeerHealthSettings settings, int capacity, ToLongFunction<NodeId> remembered) {
        this.remembered = remembered;
        this.settings = settings;
        this.peers = new BoundedMap<>(capacity);
        this.former = new BoundedMap<>(capacity);
        this.latest = new long[settings.medianSamples()];
    }

    /** Notes that the peer answered. */
    public void success(NodeId peer) {
        Peer known = peers.computeIfAbsent(peer, id -> new Peer());
        known.failures = 0;
        known.silentIn = 0;
        known.answeredEver = true;
    }

    /** Takes the round-trip time of a request that was sent once. */
    public void measured(NodeId peer, long roundTripNanos) {
        peers.computeIfAbsent(peer, id -> new Peer()).roundTrip.sample(roundTripNanos);
        latest[(int) (measured++ % latest.length)] = roundTripNanos;
    }

    /** Takes the time since the first attempt of a request that was sent several times, an upper bound. */
    public void measuredAtMost(NodeId peer, long nanos) {
        peers.computeIfAbsent(peer, id -> new Peer()).roundTrip.atMost(nanos);
    }

    /**
     * Takes the round-trip time of a peer before the restart, until there is a measurement. The peer has answered
     * nothing yet, so its state does not change.
     */
    public void restore(NodeId peer, Endpoint at, long nanos) {
        measuredAtMost(peer, nanos);
        former.put(at, nanos);
    }

    /** Counts a request that the peer did not answer before its deadline. */
    public void failure(NodeId peer, long now) {
        Peer known = peers.computeIfAbsent(peer, id -> new Peer());
        known.failures++;
        known.lastFailure = now;
        if (known.failures == 1) {
            known.failingSince = now;
        }
    }

    /** Notes that the peer did not answer while our own network was doubted, which is no failure. */
    public void silent(NodeId peer, long now) {
        Peer known = peers.computeIfAbsent(peer, id -> new Peer());
        if (known.silentIn == 0) {
            known.silentSince = now;
        }
        known.silentIn = outage;
    }

    /**
     * Returns when the peer first did not answer in an outage; empty unless it did not answer in this one either, nor
     * in between. Outages may follow each other closely where a visitor answers now and then, and all others are gone.
     */
    public Optional<Long> silentSince(NodeId peer) {
        return Optional.ofNullable(peers.get(peer))
                .filter(known -> known.silentIn == outage)
                .map(known -> known.silentSince);
    }

    /** Notes that an outage is over. */
    public void endOutage() {
        outage++;
    }

    /** Takes back failures of a peer that an outage of our own network explains. */
    public void clear(NodeId peer, int failures) {
        Peer known = peers.get(peer);
        if (known != null) {
            known.failures = Math.max(0, known.failures - failures);
        }
    }

    /** Returns what to expect of a peer at {@code now}. */
    public State stateOf(NodeId peer, long now) {
        Peer known = peers.get(peer);
        if (known == null) {
            return State.UNKNOWN;
        }
        if (known.failures < settings.failuresToBad()) {
            return known.answeredEver ? State.GOOD : State.UNKNOWN;
        }
        int doublings = Math.min(known.failures - settings.failuresToBad(), settings.maxDoublings());
        return now - known.lastFailure < firstPenalty() << doublings ? State.BAD : State.UNKNOWN;
    }

    private long firstPenalty() {
        return settings.firstPenalty().toNanos();
    }

    /** Returns true if the peer failed often enough to be bad, and so recently that asking again can wait. */
    public boolean failedRecently(NodeId peer, long now) {
        Peer known = peers.get(peer);
        return known != null && known.failures >= settings.failuresToBad() && now - known.lastFailure < firstPenalty();
    }

    /** Returns true if the peer failed so many times in a row that it can be removed. */
    public boolean isLost(NodeId peer) {
        Peer known = peers.get(peer);
        return known != null && known.failures >= settings.failuresToLost();
    }

    /** Returns how many requests in a row the peer did not answer. */
    public int failures(NodeId peer) {
        Peer known = peers.get(peer);
        return known == null ? 0 : known.failures;
    }

    /** Returns true if the peer answered the latest request made to it. */
    public boolean answeredLast(NodeId peer) {
        Peer known = peers.get(peer);
        return known != null && known.answeredEver && known.failures == 0;
    }

    /** Returns when the first of the peer's failures in a row was noticed; empty if there is none. */
    public Optional<Long> failingSince(NodeId peer) {
        return Optional.ofNullable(peers.get(peer))
                .filter(known -> known.failures > 0)
                .map(known -> known.failingSince);
    }

    /** Returns the round-trip time of a peer; unknown for a peer that is remembered nowhere. */
    public RoundTrip roundTripOf(NodeId peer) {
        Peer known = peers.get(peer);
        if (known != null && known.roundTrip.isKnown()) {
            return known.roundTrip;
        }
        RoundTrip roundTrip = new RoundTrip();
        long nanos = remembered.applyAsLong(peer);
        if (nanos > 0) {
            roundTrip.sample(nanos);
        }
        return roundTrip;
    }

    /** Returns the restored round-trip time to an address, whichever node is there; unknown if there is none. */
    public RoundTrip formerRoundTripTo(Endpoint address) {
        RoundTrip known = new RoundTrip();
        Long nanos = former.get(address);
        if (nanos != null) {
            known.atMost(nanos);
        }
        return known;
    }

    /** Returns the median of the latest round-trip times of all peers, or {@code otherwise} before the first. */
    public long medianRoundTrip(long otherwise) {
        int count = (int) Math.min(measured, latest.length);
        if (count == 0) {
            return otherwise;
        }
        long[] sorted = Arrays.copyOf(latest, count);
        Arrays.sort(sorted);
        return sorted[count / 2];
    }

    /** Forgets all round-trip times, as after a change of network. */
    public void forgetRoundTrips() {
        peers.values().forEach(known -> known.roundTrip = new RoundTrip());
        former.clear();
        measured = 0;
    }

    /** Returns the number of peers remembered. */
    public int size() {
        return peers.size();
    }

    /** Returns the peers remembered beside their limit. */
    public Occupancy occupancy() {
        return peers.occupancy();
    }
}
