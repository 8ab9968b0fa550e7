package io.a2al.core.publish;

import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A node that holds replicas, perhaps of many records, and is probed once for all of them. Not thread-safe. */
final class ReplicaHolder {

    private final ProbeSchedule schedule;
    private Contact contact;
    private @Nullable Replica first;
    private @Nullable Replica last;

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

    /** Adds a replica that is in no list. */
    void add(Replica replica) {
        replica.before = last;
        if (last == null) {
            first = replica;
        } else {
            last.after = replica;
        }
        last = replica;
    }

    /** Removes one of its replicas. */
    void remove(Replica replica) {
        Replica before = replica.before;
        Replica after = replica.after;
        if (before == null) {
            first = after;
        } else {
            before.after = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.before = before;
        }
        replica.before = null;
        replica.after = null;
    }

    /** Returns the sets that the node belongs to. */
    List<ReplicaSet> sets() {
        List<ReplicaSet> sets = new ArrayList<>();
        for (Replica replica = first; replica != null; replica = replica.after) {
            sets.add(replica.set());
        }
        return sets;
    }

    boolean isUnused() {
        return first == null;
    }

    /** Returns one of its sets, each in turn. */
    ReplicaSet nextToCheck() {
        Replica next = Objects.requireNonNull(first);
        remove(next);
        add(next);
        return next.set();
    }
}
