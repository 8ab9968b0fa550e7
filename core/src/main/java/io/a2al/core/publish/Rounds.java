package io.a2al.core.publish;

import io.a2al.core.publish.PublishStep.Purpose;
import io.a2al.core.publish.Refusals.Objection;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Message.StoreResponse;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * Brings records to the nodes that should hold them: one STORE after the other for each slot that is not complete, all
 * slots in turn. What a node answers decides whether it is a replica (wire.md 7.8). Times in nanoseconds. Not
 * thread-safe.
 */
final class Rounds {

    private final Placements placements;
    private final PeerWatch peers;
    private final Deque<PublishStep> notices;

    /** Slots that there may be something to do for. */
    private final SequencedSet<ReplicaSet> incomplete = new LinkedHashSet<>();

    private final Deque<PublishStep.Read> disputes = new ArrayDeque<>();
    private long confirmations;
    private long refusals;

    Rounds(Placements placements, PeerWatch peers, Deque<PublishStep> notices) {
        this.placements = placements;
        this.peers = peers;
        this.notices = notices;
    }

    /** There may be something to do for this slot. */
    void resume(ReplicaSet set) {
        incomplete.add(set);
    }

    /** The next request, if there is one. */
    Optional<PublishStep.Request> next(long now) {
        if (!disputes.isEmpty()) {
            return Optional.of(disputes.remove());
        }
        while (!incomplete.isEmpty()) {
            ReplicaSet set = incomplete.removeFirst();
            Optional<Contact> target = set.nextTarget(now).or(() -> endIfOver(now, set));
            if (target.isPresent()) {
                set.beginAsking(target.get());
                incomplete.add(set);
                return Optional.of(
                        new PublishStep.Store(target.get(), set.placement().key(), set.record()));
            }
        }
        return Optional.empty();
    }

    /**
     * There are no more nodes that should be replicas; answers who should know that there is a newer record,
     * nevertheless.
     */
    private Optional<Contact> endIfOver(long now, ReplicaSet set) {
        if (set.isAsking() || set.placement().isSearching()) {
            return Optional.empty();
        }
        set.settle(notices);
        if (!set.isSatisfied() && !set.isExpired()) {
            placements.searchLater(now, set.placement());
        }
        return set.nextFormer();
    }

    void onStoreAnswer(long now, PublishStep.Store store, StoreResponse answer) {
        Optional<ReplicaSet> asking = endAsking(store.key(), store.record(), store.to());
        if (asking.isEmpty()) {
            return;
        }
        ReplicaSet set = asking.get();
        if (answer.stored()) {
            confirm(now, set, store.to(), store.record());
        } else if (answer.reason() == StoreResponse.REASON_INVALID) {
            refusals++;
            set.report(store.to(), "refused the record as invalid");
            set.onRefusal(store.to(), Objection.RECORD, now);
        } else if (answer.reason() == StoreResponse.REASON_POLICY) {
            onUnwanted(now, set, store.to(), "refused the record by its policy");
        } else {
            // A node of the older generation says so when it has the record already (known-defects D-53).
            set.beginAsking(store.to());
            disputes.add(new PublishStep.Read(store.to(), store.key(), store.record(), Purpose.DISPUTE));
        }
    }

    /**
     * The node that refused said what it has.
     *
     * @param holds true if that is the record, or a newer one
     */
    void onDisputeAnswer(long now, PublishStep.Read read, boolean holds) {
        endAsking(read.key(), read.record(), read.to()).ifPresent(set -> {
            if (holds) {
                confirm(now, set, read.to(), read.record());
            } else {
                onUnwanted(now, set, read.to(), "refused the record without a reason");
            }
        });
    }

    /** The node did not answer, or was not asked after all; for the moment it is passed over. */
    void onNoAnswer(long now, PublishStep.Request request) {
        Optional<ReplicaSet> asking = switch (request) {
            case PublishStep.Store store -> endAsking(store.key(), store.record(), store.to());
            case PublishStep.Read read -> endAsking(read.key(), read.record(), read.to());
            case PublishStep.Ping ping -> Optional.empty();
        };
        asking.ifPresent(set -> set.onRefusal(request.to(), Objection.SILENCE, now));
    }

    private Optional<ReplicaSet> endAsking(NodeId key, VerifiedRecord record, Contact node) {
        Optional<ReplicaSet> asking = placements.find(key, record).filter(set -> set.endAsking(node.nodeId()));
        asking.ifPresent(incomplete::add);
        return asking;
    }

    private void confirm(long now, ReplicaSet set, Contact node, VerifiedRecord record) {
        confirmations++;
        set.confirm(peers.hold(now, node, set), record, now);
        trim(set);
    }

    private void onUnwanted(long now, ReplicaSet set, Contact node, String what) {
        refusals++;
        set.report(node, what);
        set.onRefusal(node, Objection.NODE, now);
        set.peer(node.nodeId()).ifPresent(peer -> peers.release(peer, set));
    }

    /** Lets go of replicas that are not needed. */
    void trim(ReplicaSet set) {
        for (ReplicaHolder peer : set.surplus()) {
            if (!peer.isBad()) {
                set.noteSurplus(peer);
            }
            peers.release(peer, set);
        }
    }

    /** The node has lost the record, so that it may get it again. */
    void onLost(ReplicaSet set, ReplicaHolder peer) {
        peers.release(peer, set);
        incomplete.add(set);
    }

    /** The node is bad: others are wanted at once (node.md 12.2), and once it is lost, it is forgotten. */
    void onBad(ReplicaHolder peer) {
        for (ReplicaSet set : peer.sets()) {
            if (peer.schedule().state() == ProbeSchedule.State.LOST) {
                peers.release(peer, set);
            }
            placements.search(set.placement());
        }
    }

    /** There is nothing to do for the slot any more. */
    void abandon(ReplicaSet set) {
        set.peers().forEach(peer -> peers.release(peer, set));
        incomplete.remove(set);
    }

    /** Times that a node confirmed to hold a record. */
    long confirmations() {
        return confirmations;
    }

    /** Times that a node refused one. */
    long refusals() {
        return refusals;
    }
}
