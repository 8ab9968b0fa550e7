package io.a2al.core.publish;

import io.a2al.core.api.PublicationState;
import io.a2al.core.time.NodeTime;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.record.VerifiedRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the application is told about a slot at one time. Not thread-safe. */
final class StateReport {

    private final ReplicaSet set;
    private final NodeTime time;
    private final List<PublicationState.Replica> told = new ArrayList<>();

    StateReport(ReplicaSet set, NodeTime time) {
        this.set = set;
        this.time = time;
    }

    PublicationState state() {
        long now = time.nanos();
        for (Replica replica : set.replicas()) {
            told.add(new PublicationState.Replica(
                    replica.peer().contact(),
                    condition(replica),
                    Optional.of(Duration.ofNanos(now - replica.confirmedAt()))));
        }
        tell(set.attempts().asking(), PublicationState.Condition.STORING);
        tell(set.attempts().refusing(now), PublicationState.Condition.REFUSED);
        tell(set.attempts().hiding(now), PublicationState.Condition.HIDING);
        Optional<VerifiedRecord> newer = set.newer().filter(held -> held.isValidAt(time.unixSeconds()));
        return new PublicationState(
                set.record(),
                told,
                set.wanted(),
                set.problem(),
                newer,
                set.placement().surrounding(),
                renewalIn(now));
    }

    private Optional<Duration> renewalIn(long now) {
        return set.renewalAt() == NodeTime.NEVER
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(Math.max(0, set.renewalAt() - now)));
    }

    /** Adds nodes that are no replicas. */
    private void tell(List<Contact> nodes, PublicationState.Condition condition) {
        for (Contact node : nodes) {
            if (set.peer(node.nodeId()).isEmpty()) {
                told.add(new PublicationState.Replica(node, condition, Optional.empty()));
            }
        }
    }

    private PublicationState.Condition condition(Replica replica) {
        if (replica.peer().isBad()) {
            return PublicationState.Condition.BAD;
        }
        boolean sure = set.isCurrent(replica) && replica.peer().schedule().state() == ProbeSchedule.State.GOOD;
        return sure ? PublicationState.Condition.CONFIRMED : PublicationState.Condition.SUSPECT;
    }
}
