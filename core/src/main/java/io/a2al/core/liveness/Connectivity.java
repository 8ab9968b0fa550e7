package io.a2al.core.liveness;

import io.a2al.protocol.id.NodeId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whether silence can be blamed on peers (known-defects D-12). Two states: trusted, at first; and doubted, when many
 * peers fell silent at once, when nobody answers for long, or when somebody says so. The next answer of anybody leads
 * back to trust. Only peers that answered their last request are evidence: strangers may be invented, and who has
 * failed before fails again for its own reasons. Times in nanoseconds. Not thread-safe.
 */
public final class Connectivity {

    private final ConnectivitySettings settings;

    /** Who fell silent since the last answer, and when; as many as it takes at the most. */
    private final Map<NodeId, Long> silent = new LinkedHashMap<>();

    private boolean doubted;
    private long doubts;

    /** Requests begun before this time cannot be blamed on anybody. */
    private long trustedSince;

    private boolean answeredEver;
    private long lastAnswer;

    /** Somebody reliable was asked at {@link #askedSince} and nobody has answered since. */
    private boolean asking;

    private long askedSince;

    /** Trusted from {@code now} on. */
    public Connectivity(ConnectivitySettings settings, long now) {
        this.settings = settings;
        this.trustedSince = now;
    }

    /** A peer that answered its last request is asked. */
    public void reliablePeerAsked(long now) {
        if (!asking) {
            asking = true;
            askedSince = now;
        }
    }

    /** A peer that answered its last request left this one unanswered; true if that is the last straw. */
    public boolean reliablePeerFellSilent(NodeId peer, long startedAt, long now) {
        if (doubted || isWitnessed(startedAt)) {
            return false;
        }
        silent.put(peer, now);
        silent.values().removeIf(since -> now - since > settings.silentWithin().toNanos());
        if (silent.size() < settings.silentPeers()) {
            return false;
        }
        doubt();
        return true;
    }

    /** True if nobody has answered for so long that it is not the peers' fault; to be asked at each failure. */
    public boolean nobodyAnswers(long now) {
        if (doubted || !asking || now - askedSince < settings.silentFor().toNanos()) {
            return false;
        }
        doubt();
        return true;
    }

    /** Distrusts our own network until the next answer. */
    public void doubt() {
        doubts += doubted ? 0 : 1;
        doubted = true;
        silent.clear();
    }

    /** Somebody answered; true if that ends a doubt. */
    public boolean answered(long now) {
        answeredEver = true;
        lastAnswer = now;
        asking = false;
        silent.clear();
        boolean restored = doubted;
        if (restored) {
            doubted = false;
            trustedSince = now;
        }
        return restored;
    }

    /** True if a request begun at this time cannot be blamed on anybody: during a doubt, or before it ended. */
    public boolean isExcused(long startedAt) {
        return doubted || startedAt - trustedSince < 0;
    }

    /** True if anybody answered after this time, so that our network worked then. */
    public boolean isWitnessed(long time) {
        return answeredEver && lastAnswer - time > 0;
    }

    /** Numbers about it. */
    public ConnectivityStatistics statistics() {
        return new ConnectivityStatistics(doubted, doubts);
    }
}
