package io.a2al.core.publish;

import io.a2al.core.publish.ProbeSchedule.Probe;
import io.a2al.core.time.KeyedDeadlines;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The nodes that hold replicas, each looked after once for all the records it holds (known-defects D-35). Bounded by
 * the publications and their replicas. Times in nanoseconds. Not thread-safe.
 */
final class PeerWatch {

    private final PublishSettings.Probing settings;
    private final Map<NodeId, ReplicaHolder> peers = new LinkedHashMap<>();
    private final KeyedDeadlines<ReplicaHolder> agenda = new KeyedDeadlines<>();
    private long saved;

    PeerWatch(PublishSettings.Probing settings) {
        this.settings = settings;
    }

    /** The node belongs to the set from now on. */
    ReplicaHolder hold(long now, Contact contact, ReplicaSet set) {
        ReplicaHolder peer = peers.get(contact.nodeId());
        if (peer == null) {
            peer = new ReplicaHolder(contact, new ProbeSchedule(settings, now));
            peers.put(contact.nodeId(), peer);
            agenda.set(peer, peer.schedule().dueAt());
        }
        peer.add(set);
        return peer;
    }

    /** The node does not belong to the set any more. */
    void release(ReplicaHolder peer, ReplicaSet set) {
        if (set.remove(peer)) {
            peer.remove(set);
            if (peer.isUnused()) {
                peers.remove(peer.id());
                agenda.remove(peer);
            }
        }
    }

    /** The node was proven to be at this endpoint. */
    void moved(Contact contact) {
        ReplicaHolder peer = peers.get(contact.nodeId());
        if (peer != null) {
            peer.moveTo(contact);
        }
    }

    /**
     * Verified traffic came from the node; answers the node if that rehabilitates it. A request counts only from where
     * we know the node to be, because it may be a replay (known-defects D-01).
     */
    Optional<ReplicaHolder> heard(long now, NodeId nodeId, Endpoint from, boolean isResponse) {
        ReplicaHolder peer = peers.get(nodeId);
        if (peer == null || !(isResponse || from.equals(peer.contact().endpoint()))) {
            return Optional.empty();
        }
        boolean wasBad = peer.isBad();
        if (peer.schedule().heard(now)) {
            agenda.setAtMost(peer, peer.schedule().dueAt());
        }
        return wasBad ? Optional.of(peer) : Optional.empty();
    }

    /** Something speaks against the node: it is probed at once. */
    void doubt(long now, NodeId nodeId) {
        ReplicaHolder peer = peers.get(nodeId);
        if (peer != null && !peer.isBad()) {
            probeNow(now, peer);
        }
    }

    /** All nodes are to be probed at once. */
    void doubtAll(long now) {
        peers.values().forEach(peer -> probeNow(now, peer));
    }

    /** Unless it is being probed already. */
    private void probeNow(long now, ReplicaHolder peer) {
        if (agenda.contains(peer)) {
            peer.schedule().doubt(now);
            agenda.set(peer, now);
        }
    }

    /** The next probe, if one is due; the node is then not on the agenda until its end is reported. */
    Optional<PublishStep.Request> nextProbe(long now) {
        Optional<ReplicaHolder> due = agenda.pollDue(now);
        while (due.isPresent()) {
            ReplicaHolder peer = due.get();
            Probe probe = peer.schedule().begin(now);
            if (probe != Probe.NONE) {
                return Optional.of(request(peer, probe));
            }
            saved++;
            agenda.set(peer, peer.schedule().dueAt());
            due = agenda.pollDue(now);
        }
        return Optional.empty();
    }

    private static PublishStep.Request request(ReplicaHolder peer, Probe probe) {
        if (probe == Probe.CONTENT) {
            ReplicaSet set = peer.nextToCheck();
            return new PublishStep.Read(
                    peer.contact(), set.placement().key(), set.heldBy(peer), PublishStep.Purpose.PROBE);
        }
        return new PublishStep.Ping(peer.contact());
    }

    /** A probe was answered. */
    void answered(long now, NodeId nodeId) {
        ReplicaHolder peer = peers.get(nodeId);
        if (peer != null) {
            peer.schedule().answered(now);
            agenda.set(peer, peer.schedule().dueAt());
        }
    }

    /** The node said what it has; answers the node if it is still one of ours. */
    Optional<ReplicaHolder> checked(long now, NodeId nodeId) {
        ReplicaHolder peer = peers.get(nodeId);
        if (peer != null) {
            peer.schedule().checked(now);
            agenda.set(peer, peer.schedule().dueAt());
        }
        return Optional.ofNullable(peer);
    }

    /** A probe was not answered; answers the node if it is bad now. */
    Optional<ReplicaHolder> silent(long now, NodeId nodeId) {
        ReplicaHolder peer = peers.get(nodeId);
        if (peer == null) {
            return Optional.empty();
        }
        peer.schedule().silent(now);
        agenda.set(peer, peer.schedule().dueAt());
        return peer.isBad() ? Optional.of(peer) : Optional.empty();
    }

    /** A probe could not be sent. */
    void postpone(long now, NodeId nodeId) {
        ReplicaHolder peer = peers.get(nodeId);
        if (peer != null) {
            agenda.set(peer, now + settings.first().toNanos());
        }
    }

    /** When the next probe is due. */
    long nextDeadline() {
        return agenda.next();
    }

    /** Nodes watched. */
    int size() {
        return peers.size();
    }

    /** Probes that other traffic made unnecessary. */
    long saved() {
        return saved;
    }
}
