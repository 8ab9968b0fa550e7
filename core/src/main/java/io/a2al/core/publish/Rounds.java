package io.a2al.core.publish;

import io.a2al.core.publish.PublishStep.Purpose;
import io.a2al.core.publish.Refusals.Reason;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Message.StoreResponse;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.BooleanSupplier;

/**
 * Stores records at the nodes that should hold them: one STORE after the other for each slot that is not complete, all
 * slots in turn. What a node answers decides whether it is a replica (wire.md 7.8). Times in nanoseconds. Not
 * thread-safe.
 */
final class Rounds {

    private final PublishSettings settings;
    private final Placements placements;
    private final PeerWatch peers;
    private final BooleanSupplier many;
    private final Deque<PublishStep> notices;

    /** Slots for which there may be a request to send. */
    private final SequencedSet<ReplicaSet> incomplete = new LinkedHashSet<>();

    /** Disputes and read-backs. */
    private final Deque<PublishStep.Read> reads = new ArrayDeque<>();

    private long confirmations;
    private long refusals;

    /**
     * No work yet.
     *
     * @param many true while missing replicas may wait for the next renewal
     */
    Rounds(
            PublishSettings settings,
            Placements placements,
            PeerWatch peers,
            BooleanSupplier many,
            Deque<PublishStep> notices) {
        this.settings = settings;
        this.many = many;
        this.placements = placements;
        this.peers = peers;
        this.notices = notices;
    }

    /** Looks at this slot again, as there may be something to do. */
    void resume(ReplicaSet set) {
        incomplete.add(set);
    }

    /** Returns the next request, if there is one. */
    Optional<PublishStep.Request> next(long now) {
        if (!reads.isEmpty()) {
            return Optional.of(reads.remove());
        }
        while (!incomplete.isEmpty()) {
            ReplicaSet set = incomplete.removeFirst();
            Optional<Contact> target = set.nextTarget(now).or(() -> endIfOver(now, set));
            if (target.isPresent()) {
                set.attempts().begin(target.get());
                incomplete.add(set);
                return Optional.of(
                        new PublishStep.Store(target.get(), set.placement().key(), set.record()));
            }
        }
        return Optional.empty();
    }

    /**
     * Ends the round, as there are no more nodes that should be replicas. Returns a former replica that should get the
     * newer record nevertheless.
     */
    private Optional<Contact> endIfOver(long now, ReplicaSet set) {
        if (!set.attempts().asking().isEmpty() || set.placement().isSearching()) {
            return Optional.empty();
        }
        set.settle(notices);
        if (lacksReplicas(set) && !set.isExpired()) {
            placements.searchLater(now, set.placement());
        }
        return set.nextFormer();
    }

    /** Returns true if replicas are missing and cannot wait for the next renewal. */
    private boolean lacksReplicas(ReplicaSet set) {
        return set.confirmed() < (many.getAsBoolean() ? settings.sweep().repairBelow() : settings.replicas());
    }

    void onStoreAnswer(long now, PublishStep.Store store, StoreResponse answer) {
        Optional<ReplicaSet> asking = endAsking(store.key(), store.record(), store.to());
        if (asking.isEmpty()) {
            return;
        }
        ReplicaSet set = asking.get();
        if (answer.stored() && set.hides(store.to().nodeId(), now)) {
            confirmations++;
            set.onRefusal(store.to(), Reason.HIDING, now);
        } else if (answer.stored()) {
            confirm(now, set, store.to(), store.record());
            readBack(set, store);
        } else if (!store.record().equals(set.record())) {
            // The node refused a record that has been replaced since, and is asked again with the new one.
            refusals++;
        } else if (answer.reason() == StoreResponse.REASON_INVALID) {
            refusals++;
            set.report(store.to(), "refused the record as invalid");
            set.onRefusal(store.to(), Reason.RECORD, now);
        } else if (answer.reason() == StoreResponse.REASON_POLICY) {
            onRefusedByNode(now, set, store.to(), "refused the record by its policy");
        } else {
            // A node of an older protocol version says so when it has the record already (known-defects D-53).
            set.attempts().begin(store.to());
            reads.add(new PublishStep.Read(store.to(), store.key(), store.record(), Purpose.DISPUTE));
        }
    }

    /** Nodes say yes also if they have a newer record (wire.md 7.8), so the first ones that do are read back. */
    private void readBack(ReplicaSet set, PublishStep.Store store) {
        if (set.takeReadBack(many.getAsBoolean())) {
            set.attempts().begin(store.to());
            reads.add(new PublishStep.Read(store.to(), store.key(), store.record(), Purpose.READ_BACK));
        }
    }

    /** Notes that a read-back has ended, with or without an answer. It changes nothing about the replica. */
    void onReadBack(PublishStep.Read read) {
        var _ = endAsking(read.key(), read.record(), read.to());
    }

    /**
     * Notes what a node has that refused without a reason.
     *
     * @param holds true if that is the record, or a newer one
     */
    void onDisputeAnswer(long now, PublishStep.Read read, boolean holds) {
        endAsking(read.key(), read.record(), read.to()).ifPresent(set -> {
            if (holds && set.hides(read.to().nodeId(), now)) {
                set.onRefusal(read.to(), Reason.HIDING, now);
            } else if (holds) {
                confirm(now, set, read.to(), read.record());
            } else if (!read.record().equals(set.record())) {
                refusals++;
            } else {
                onRefusedByNode(now, set, read.to(), "refused the record without a reason");
            }
        });
    }

    /** Notes that a request timed out or could not be sent; the node is passed over until the next lookup. */
    void onNoAnswer(long now, PublishStep.Request request) {
        Optional<ReplicaSet> asking = switch (request) {
            case PublishStep.Store store -> endAsking(store.key(), store.record(), store.to());
            case PublishStep.Read read
            when read.purpose() == Purpose.READ_BACK -> {
                onReadBack(read);
                yield Optional.empty();
            }
            case PublishStep.Read read -> endAsking(read.key(), read.record(), read.to());
            case PublishStep.Ping ping -> Optional.empty();
        };
        asking.ifPresent(set -> set.onRefusal(request.to(), Reason.TIMEOUT, now));
    }

    private Optional<ReplicaSet> endAsking(NodeId key, VerifiedRecord record, Contact node) {
        Optional<ReplicaSet> asking =
                placements.find(key, record).filter(set -> set.attempts().end(node.nodeId()));
        asking.ifPresent(incomplete::add);
        return asking;
    }

    private void confirm(long now, ReplicaSet set, Contact node, VerifiedRecord record) {
        confirmations++;
        peers.hold(now, node, set, record);
        trim(now, set);
    }

    private void onRefusedByNode(long now, ReplicaSet set, Contact node, String what) {
        refusals++;
        set.report(node, what);
        set.onRefusal(node, Reason.NODE, now);
        set.peer(node.nodeId()).ifPresent(peer -> peers.release(peer, set));
    }

    /** Stops watching replicas that are not needed. */
    void trim(long now, ReplicaSet set) {
        for (ReplicaHolder peer : set.surplus(now)) {
            if (!peer.isBad() && !set.hides(peer.id(), now)) {
                set.noteSurplus(peer, many.getAsBoolean() ? settings.sweep().formers() : settings.replicas());
            }
            peers.release(peer, set);
        }
    }

    /** Notes that the node has lost the record; it may get it again. */
    void onLost(ReplicaSet set, ReplicaHolder peer) {
        release(set, peer);
        resumeIfLacking(set);
    }

    private void release(ReplicaSet set, ReplicaHolder peer) {
        if (set.peer(peer.id()).isPresent()) {
            notices.add(new PublishStep.ReplicaLost(set.placement().key(), set.record(), peer.contact()));
        }
        peers.release(peer, set);
    }

    private void resumeIfLacking(ReplicaSet set) {
        if (!many.getAsBoolean() || lacksReplicas(set)) {
            incomplete.add(set);
        }
    }

    /** Notes that the node hides records, perhaps this one; other nodes take its place. */
    void onHiding(long now, ReplicaSet set, NodeId node) {
        set.peer(node).filter(peer -> set.hides(node, now)).ifPresent(peer -> {
            set.onRefusal(peer.contact(), Reason.HIDING, now);
            peers.release(peer, set);
            resumeIfLacking(set);
        });
    }

    /**
     * Looks for other nodes at once in place of a bad one (node.md 12.2), or leaves that to the next renewal while
     * there are enough. Forgets the node if it is lost.
     */
    void onBad(long now, ReplicaHolder peer) {
        for (ReplicaSet set : peer.sets()) {
            if (peer.schedule().state() == ProbeSchedule.State.LOST) {
                release(set, peer);
            }
            if (!many.getAsBoolean() || lacksReplicas(set)) {
                placements.searchNow(now, set.placement());
            }
        }
    }

    /** Stops all work for the slot. */
    void abandon(ReplicaSet set) {
        set.peers().forEach(peer -> peers.release(peer, set));
        incomplete.remove(set);
    }

    /** Returns how many times a node confirmed to hold a record. */
    long confirmations() {
        return confirmations;
    }

    /** Returns how many times a node refused a record. */
    long refusals() {
        return refusals;
    }
}
