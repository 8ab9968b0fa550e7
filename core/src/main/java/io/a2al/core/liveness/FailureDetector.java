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
 * Decides who is to blame when a request is not answered. Hazards and the answers to them:
 *
 * <ul>
 *   <li><b>Our own network is down</b> (known-defects D-12): while that is likely, nobody is charged, and what was
 *     charged
 *       since the last answer is taken back. No contact is given up unless somebody else answered since it fell silent.
 *   <li><b>Our own mistakes</b> (D-11): what never left this machine is nobody's fault.
 *   <li><b>Peers that cannot answer</b> (D-19): nodes of the older generation stay silent when the answer would be too
 *       long. Such a peer is not charged but pinged.
 *   <li><b>Forms that a peer does not understand</b> (D-46): it is not charged for ignoring them.
 * </ul>
 *
 * Not thread-safe.
 */
public final class FailureDetector {

    /** More peers than can fall silent before that is taken for an outage, unless they are strangers. */
    private static final int MAX_PROVISIONAL = 64;

    private final PeerHealth health;
    private final Connectivity connectivity;
    private final List<PeerListener> peerListeners = new ArrayList<>();
    private final List<ConnectivityListener> listeners = new ArrayList<>();

    /** Failures charged although nobody answered since those requests began. */
    private final Map<NodeId, Integer> provisional = new LinkedHashMap<>();

    public FailureDetector(PeerHealth health, Connectivity connectivity) {
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

    /** A request begins. */
    public void asked(NodeTime now, Optional<NodeId> peer) {
        if (peer.filter(health::answeredLast).isPresent()) {
            connectivity.reliablePeerAsked(now.nanos());
        }
    }

    /** Somebody answered, from where it was asked. */
    public void answered(NodeTime now, Contact node) {
        health.success(node.nodeId());
        peerListeners.forEach(listener -> listener.onVerified(now, node));
        provisional.clear();
        if (connectivity.answered(now.nanos())) {
            listeners.forEach(listener -> listener.onConnectivityRestored(now));
        }
    }

    /** Another identity answered where this peer should be. */
    public void gone(NodeTime now, NodeId peer) {
        health.failure(peer, now.nanos());
        peerListeners.forEach(listener -> listener.onFailed(now, peer));
    }

    /** A request was given up; returns what that is to be called. */
    public Failure silent(NodeTime now, TimedOutRequest rpc) {
        if (rpc.wasNeverSent()) {
            return Failure.LOCAL;
        }
        if (connectivity.isExcused(rpc.startedAt())) {
            return Failure.OUTAGE;
        }
        if (rpc.expected().isEmpty()) {
            return Failure.TIMEOUT;
        }
        NodeId peer = rpc.expected().get();
        if (isProbablyOurFault(now, peer, rpc.startedAt())) {
            beginDoubt(now);
            return Failure.OUTAGE;
        }
        if (mayBeUnableToAnswer(rpc.request())) {
            peerListeners.forEach(listener -> listener.onQuestionable(now, peer));
        } else if (!rpc.begunExtended()) {
            charge(now, peer, rpc.startedAt());
        }
        return Failure.TIMEOUT;
    }

    private boolean isProbablyOurFault(NodeTime now, NodeId peer, long startedAt) {
        return (health.answeredLast(peer) && connectivity.reliablePeerFellSilent(peer, startedAt, now.nanos()))
                || connectivity.nobodyAnswers(now.nanos());
    }

    private static boolean mayBeUnableToAnswer(Message request) {
        return request instanceof Message.FindValue(NodeId ignored, int type, boolean alsoIgnored)
                && (type == RecordType.ANY || type == RecordType.ENDPOINT);
    }

    private void charge(NodeTime now, NodeId peer, long startedAt) {
        if (!connectivity.isWitnessed(startedAt) && provisional.size() < MAX_PROVISIONAL) {
            provisional.merge(peer, 1, Integer::sum);
        }
        health.failure(peer, now.nanos());
        if (health.failingSince(peer).filter(connectivity::isWitnessed).isPresent()) {
            peerListeners.forEach(listener -> listener.onFailed(now, peer));
        }
    }

    /** Blames nobody until the next answer, because time has leapt or the network is another. */
    public void doubt(NodeTime now) {
        connectivity.doubt();
        beginDoubt(now);
    }

    private void beginDoubt(NodeTime now) {
        provisional.forEach(health::forgive);
        provisional.clear();
        listeners.forEach(listener -> listener.onConnectivityDoubted(now));
    }

    /** The application says that the machine is in another network now. */
    public void networkChanged(NodeTime now) {
        health.forgetRoundTrips();
        listeners.forEach(listener -> listener.onNetworkChanged(now));
        doubt(now);
    }

    /** Whether our own network works. */
    public ConnectivityStatistics statistics() {
        return connectivity.statistics();
    }
}
