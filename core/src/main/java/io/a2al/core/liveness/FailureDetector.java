package io.a2al.core.liveness;

import io.a2al.core.api.Failure;
import io.a2al.core.time.NodeTime;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.record.RecordType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides what it means that a request timed out: whether to suspect the peer. Hazards and the answers to them:
 *
 * <ul>
 *   <li><b>Our own network is down</b> (known-defects D-12): while that is likely, no peer is suspected, and failures
 *       counted since the last answer are taken back. No contact is removed unless another peer answered since the
 *       contact began to fail, or minutes have passed since then.
 *   <li><b>Our own mistakes</b> (D-11): what never left this machine says nothing about a peer.
 *   <li><b>Peers that cannot answer</b> (D-19): nodes of the older protocol version do not answer when the answer would
 *       be too long. Such a peer is not suspected but pinged.
 *   <li><b>Forms that a peer does not understand</b> (D-46): ignoring them is no failure.
 * </ul>
 *
 * Not thread-safe.
 */
public final class FailureDetector {

    private final PeerHealth health;
    private final Connectivity connectivity;
    private final List<PeerListener> peerListeners = new ArrayList<>();
    private final List<ConnectivityListener> listeners = new ArrayList<>();

    /** Failures counted although no peer answered since those requests began, by peer. */
    private final Map<NodeId, Integer> unconfirmed = new LinkedHashMap<>();

    private final int maxUnconfirmed;
    private final long lostAfter;

    /** A detector that no listener watches yet. */
    public FailureDetector(PeerHealthSettings settings, PeerHealth health, Connectivity connectivity) {
        this.maxUnconfirmed = settings.maxUnconfirmed();
        this.lostAfter = settings.lostAfter().toNanos();
        this.health = health;
        this.connectivity = connectivity;
    }

    /** Subscribes to what becomes of peers; listeners are called in the order in which they subscribed. */
    public void subscribe(PeerListener listener) {
        peerListeners.add(listener);
    }

    /** Subscribes to what becomes of our own network; listeners are called in the order in which they subscribed. */
    public void subscribe(ConnectivityListener listener) {
        listeners.add(listener);
    }

    /** Notes that a request begins. */
    public void onRequest(NodeTime now, Optional<NodeId> peer) {
        if (peer.filter(health::answeredLast).isPresent()) {
            connectivity.onReliablePeerAsked(now.nanos());
        }
    }

    /** Notes that a peer answered, from the address that was asked. */
    public void onAnswer(NodeTime now, Contact node) {
        health.success(node.nodeId());
        peerListeners.forEach(listener -> listener.onVerified(now, node));
        confirmNetwork(now);
    }

    /** Notes that a peer answered, from the address that was asked, and that it serves no requests. */
    public void onClientAnswer(NodeTime now, Contact node) {
        health.success(node.nodeId());
        peerListeners.forEach(listener -> listener.onClientVerified(now, node));
        confirmNetwork(now);
    }

    private void confirmNetwork(NodeTime now) {
        unconfirmed.clear();
        if (connectivity.onAnswer(now.nanos())) {
            health.endOutage();
            listeners.forEach(listener -> listener.onConnectivityRestored(now));
        }
    }

    /** Notes that another identity answered at the address of this peer. */
    public void onOtherIdentity(NodeTime now, NodeId peer) {
        health.failure(peer, now.nanos());
        peerListeners.forEach(listener -> listener.onFailed(now, peer));
    }

    /** Notes that a request timed out and returns what that means. */
    public Failure onTimeout(NodeTime now, TimedOutRequest rpc) {
        if (rpc.wasNeverSent()) {
            return Failure.LOCAL;
        }
        if (connectivity.isExcused(rpc.startedAt())) {
            if (connectivity.isDoubted()) {
                rpc.expected().ifPresent(peer -> health.silent(peer, now.nanos()));
            }
            return Failure.OUTAGE;
        }
        if (rpc.expected().isEmpty()) {
            return Failure.TIMEOUT;
        }
        NodeId peer = rpc.expected().get();
        if (isProbablyOutage(now, peer, rpc.startedAt())) {
            raiseOutage(now);
            return Failure.OUTAGE;
        }
        if (mayBeUnableToAnswer(rpc.request())) {
            peerListeners.forEach(listener -> listener.onQuestionable(now, peer));
        } else if (!rpc.begunExtended()) {
            suspect(now, peer, rpc.startedAt());
        }
        return Failure.TIMEOUT;
    }

    private boolean isProbablyOutage(NodeTime now, NodeId peer, long startedAt) {
        return (health.answeredLast(peer) && connectivity.onReliablePeerTimedOut(peer, startedAt, now.nanos()))
                || connectivity.isUnanswered(now.nanos());
    }

    private static boolean mayBeUnableToAnswer(Message request) {
        return request instanceof Message.FindValue(NodeId ignored, int type, boolean alsoIgnored)
                && (type == RecordType.ANY || type == RecordType.ENDPOINT);
    }

    private void suspect(NodeTime now, NodeId peer, long startedAt) {
        if (!connectivity.isConfirmed(startedAt) && unconfirmed.size() < maxUnconfirmed) {
            unconfirmed.merge(peer, 1, Integer::sum);
        }
        health.failure(peer, now.nanos());
        boolean counts = health.failingSince(peer)
                .filter(since -> connectivity.isConfirmed(since) || now.nanos() - since >= lostAfter)
                .isPresent();
        if (counts) {
            peerListeners.forEach(listener -> listener.onFailed(now, peer));
        }
    }

    /** Suspects no peer until the next answer, because of a clock jump or a change of network. */
    public void suspectOutage(NodeTime now) {
        connectivity.suspectOutage();
        raiseOutage(now);
    }

    private void raiseOutage(NodeTime now) {
        unconfirmed.forEach(health::clear);
        unconfirmed.clear();
        listeners.forEach(listener -> listener.onOutageSuspected(now));
    }

    /** Notes that the machine is in another network now, as the application says. */
    public void onNetworkChanged(NodeTime now) {
        health.forgetRoundTrips();
        listeners.forEach(listener -> listener.onNetworkChanged(now));
        suspectOutage(now);
    }

    /** Returns true while no peer is suspected, as no peer answers. */
    public boolean isOutageSuspected() {
        return connectivity.isDoubted();
    }

    /** Returns true if any peer answered after this time. */
    public boolean isAnsweredSince(long time) {
        return connectivity.isConfirmed(time);
    }

    /** Returns whether our own network works. */
    public ConnectivityStatistics statistics() {
        return connectivity.statistics();
    }
}
