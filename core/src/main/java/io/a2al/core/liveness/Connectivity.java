package io.a2al.core.liveness;

import io.a2al.protocol.id.NodeId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whether a timeout says anything about the peer (known-defects D-12). Two states: trusted, at first; and doubted, when
 * many peers time out at once, when no peer answers for long, or after a clock jump or a change of network. The next
 * answer of any peer leads back to trust. Only peers that answered their latest request are evidence: others may not
 * exist, or have failed before for reasons of their own. Times in nanoseconds. Not thread-safe.
 */
public final class Connectivity {

    private final ConnectivitySettings settings;

    /** When peers timed out since the last answer; at most as many as it takes for doubt. */
    private final Map<NodeId, Long> timedOutAt = new LinkedHashMap<>();

    private boolean doubted;
    private long doubts;

    /** Timeouts of requests begun before this time say nothing about a peer. */
    private long trustedSince;

    private boolean answeredEver;
    private long lastAnswer;

    /** True if a reliable peer was asked at {@link #askedSince} and no peer has answered since. */
    private boolean asking;

    private long askedSince;

    /** Creates the trusted state, from {@code now} on. */
    public Connectivity(ConnectivitySettings settings, long now) {
        this.settings = settings;
        this.trustedSince = now;
    }

    /** Notes that a peer that answered its latest request is asked. */
    public void onReliablePeerAsked(long now) {
        if (!asking) {
            asking = true;
            askedSince = now;
        }
    }

    /** Notes that a peer timed out that had answered its latest request; returns true if that leads to doubt. */
    public boolean onReliablePeerTimedOut(NodeId peer, long startedAt, long now) {
        if (doubted || isConfirmed(startedAt)) {
            return false;
        }
        timedOutAt.put(peer, now);
        timedOutAt
                .values()
                .removeIf(since -> now - since > settings.silentWithin().toNanos());
        if (timedOutAt.size() < settings.silentPeers()) {
            return false;
        }
        suspectOutage();
        return true;
    }

    /** Returns true if no peer has answered for so long that this leads to doubt; to be asked at each failure. */
    public boolean isUnanswered(long now) {
        if (doubted || !asking || now - askedSince < settings.silentFor().toNanos()) {
            return false;
        }
        suspectOutage();
        return true;
    }

    /** Doubts our own network until the next answer. */
    public void suspectOutage() {
        doubts += doubted ? 0 : 1;
        doubted = true;
        timedOutAt.clear();
    }

    /** Notes that a peer answered; returns true if that ends a doubt. */
    public boolean onAnswer(long now) {
        answeredEver = true;
        lastAnswer = now;
        asking = false;
        timedOutAt.clear();
        boolean restored = doubted;
        if (restored) {
            doubted = false;
            trustedSince = now;
        }
        return restored;
    }

    /** Returns true while our own network is doubted. */
    public boolean isDoubted() {
        return doubted;
    }

    /** Returns true if the timeout of a request begun at this time says nothing: during a doubt, or before its end. */
    public boolean isExcused(long startedAt) {
        return doubted || startedAt - trustedSince < 0;
    }

    /** Returns true if any peer answered after this time, so that our network worked then. */
    public boolean isConfirmed(long time) {
        return answeredEver && lastAnswer - time > 0;
    }

    /** Returns the state and how often there was a doubt. */
    public ConnectivityStatistics statistics() {
        return new ConnectivityStatistics(doubted, doubts);
    }
}
