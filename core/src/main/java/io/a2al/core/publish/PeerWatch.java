package io.a2al.core.publish;

import io.a2al.core.publish.ProbeSchedule.Probe;
import io.a2al.core.time.KeyedDeadlines;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The nodes that hold replicas, each probed once for all the records it holds (known-defects D-35). Bounded by the
 * publications and their replicas. Times in nanoseconds. Not thread-safe.
 */
final class PeerWatch {

    private final PublishSettings.Probing settings;
    private final PublishSettings.Probing patient;
    private final BooleanSupplier many;
    private final Map<NodeId, ReplicaHolder> peers = new LinkedHashMap<>();
    private final KeyedDeadlines<ReplicaHolder> agenda = new KeyedDeadlines<>();
    private long saved;

    /**
     * No nodes yet.
     *
     * @param many true while renewals tell most of what probes would
     */
    PeerWatch(PublishSettings settings, BooleanSupplier many) {
        this.settings = settings.probing();
        this.patient = settings.probing().slowedBy(settings.sweep().patience());
        this.many = many;
    }

    /** Notes that the node holds the record, and watches it from now on. */
    void hold(long now, Contact contact, ReplicaSet set, VerifiedRecord record) {
        ReplicaHolder peer = peers.get(contact.nodeId());
        if (peer == null) {
            peer = new ReplicaHolder(contact, new ProbeSchedule(many.getAsBoolean() ? patient : settings, now));
            peers.put(contact.nodeId(), peer);
            agenda.set(peer, peer.schedule().dueAt());
        }
        set.confirm(peer, record, now).ifPresent(peer::add);
    }

    /** Returns the node if it is watched. */
    Optional<ReplicaHolder> find(NodeId node) {
        return Optional.ofNullable(peers.get(node));
    }

    /** Removes the node from the set, and stops watching it if it belongs to no other. */
    void release(ReplicaHolder peer, ReplicaSet set) {
        set.remove(peer).ifPresent(replica -> {
            peer.remove(replica);
            if (peer.isUnused()) {
                peers.remove(peer.id());
                agenda.remove(peer);
            }
        });
    }

    /** Notes that the node was verified at this endpoint. */
    void moved(Contact contact) {
        ReplicaHolder peer = peers.get(contact.nodeId());
        if (peer != null) {
            peer.moveTo(contact);
        }
    }

    /**
     * Notes verified traffic from the node. Returns the node if it was bad and is good again by that. A request counts
     * only from the endpoint known for the node, because it may be a replay (known-defects D-01).
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

    /** Probes the node at once, because it may be gone. */
    void suspect(long now, NodeId nodeId) {
        ReplicaHolder peer = peers.get(nodeId);
        if (peer != null && !peer.isBad()) {
            probeNow(now, peer);
        }
    }

    /** Probes all nodes at once. */
    void suspectAll(long now) {
        peers.values().forEach(peer -> probeNow(now, peer));
    }

    /** Unless it is being probed already. */
    private void probeNow(long now, ReplicaHolder peer) {
        if (agenda.contains(peer)) {
            peer.schedule().probeAt(now);
            agenda.set(peer, now);
        }
    }

    /** Returns the next probe, if one is due; the node gets no other until the end of this one is reported. */
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

    /** Notes that a probe was answered. */
    void answered(long now, NodeId nodeId) {
        ReplicaHolder peer = peers.get(nodeId);
        if (peer != null) {
            peer.schedule().answered(now);
            agenda.set(peer, peer.schedule().dueAt());
        }
    }

    /** Notes that the node said what it has. Returns the node if it is still watched. */
    Optional<ReplicaHolder> checked(long now, NodeId nodeId) {
        ReplicaHolder peer = peers.get(nodeId);
        if (peer != null) {
            peer.schedule().checked(now);
            agenda.set(peer, peer.schedule().dueAt());
        }
        return Optional.ofNullable(peer);
    }

    /** Notes that a probe timed out. Returns the node if it is bad now. */
    Optional<ReplicaHolder> timedOut(long now, NodeId nodeId) {
        ReplicaHolder peer = peers.get(nodeId);
        if (peer == null) {
            return Optional.empty();
        }
        peer.schedule().timedOut(now);
        agenda.set(peer, peer.schedule().dueAt());
        return peer.isBad() ? Optional.of(peer) : Optional.empty();
    }

    /** Notes that a probe could not be sent. */
    void postpone(long now, NodeId nodeId) {
        ReplicaHolder peer = peers.get(nodeId);
        if (peer != null) {
            agenda.set(peer, now + settings.first().toNanos());
        }
    }

    /** Returns when the next probe is due. */
    long nextDeadline() {
        return agenda.next();
    }

    /** Returns the number of nodes watched. */
    int size() {
        return peers.size();
    }

    /** Returns the number of probes that other traffic made unnecessary. */
    long saved() {
        return saved;
    }
}
