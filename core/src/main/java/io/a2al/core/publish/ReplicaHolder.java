package io.a2al.core.publish;

import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/** A node that holds replicas, perhaps of many records, and is probed once for all of them. Not thread-safe. */
final class ReplicaHolder {

    private final ProbeSchedule schedule;
    private final SequencedSet<ReplicaSet> sets = new LinkedHashSet<>();
    private Contact contact;

    ReplicaHolder(Contact contact, ProbeSchedule schedule) {
        this.contact = contact;
        this.schedule = schedule;
    }

    NodeId id() {
        return contact.nodeId();
    }

    Contact contact() {
        return contact;
    }

    void moveTo(Contact proven) {
        contact = proven;
    }

    ProbeSchedule schedule() {
        return schedule;
    }

    boolean isBad() {
        return switch (schedule.state()) {
            case GOOD, SUSPECT -> false;
            case BAD, LOST -> true;
        };
    }

    void add(ReplicaSet set) {
        sets.add(set);
    }

    void remove(ReplicaSet set) {
        sets.remove(set);
    }

    /** Returns the sets that the node belongs to. */
    List<ReplicaSet> sets() {
        return List.copyOf(sets);
    }

    boolean isUnused() {
        return sets.isEmpty();
    }

    /** Returns one of its sets, each in turn. */
    ReplicaSet nextToCheck() {
        ReplicaSet next = sets.getFirst();
        sets.addLast(next);
        return next;
    }
}
