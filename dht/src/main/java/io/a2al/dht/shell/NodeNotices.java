package io.a2al.dht.shell;

import io.a2al.core.api.DropReason;
import io.a2al.core.api.LookupStep;
import io.a2al.core.api.NodeEvent;
import io.a2al.core.api.Outcome;
import io.a2al.core.api.StoredRecord;
import io.a2al.core.shell.Notices;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.record.VerifiedRecord;

/** Passes the notices of a node's shells to the parts that handle them. Thread-safe. */
final class NodeNotices implements Notices {

    private final Traffic traffic;
    private final Operations operations;
    private final CoreEvents events;

    NodeNotices(Traffic traffic, Operations operations, CoreEvents events) {
        this.traffic = traffic;
        this.operations = operations;
        this.events = events;
    }

    @Override
    public void dropped(Endpoint from, DropReason reason) {
        traffic.countDropped(reason);
        if (reason == DropReason.OWN_IDENTITY) {
            events.onOwnIdentity(from);
        }
    }

    @Override
    public void accepted() {
        traffic.countAccepted();
    }

    @Override
    public void recordRefused() {
        traffic.countRefusedRecord();
    }

    @Override
    public void completed(long operation, Outcome outcome) {
        operations.complete(operation, outcome);
    }

    @Override
    public void renewalDue(long publication) {
        events.onRenewalDue(publication);
    }

    @Override
    public void heard(long listener, VerifiedRecord record) {
        events.onHeard(listener, record);
    }

    @Override
    public void traced(long operation, LookupStep step) {
        events.onStep(operation, step);
    }

    @Override
    public void happened(NodeEvent event) {
        events.onEvent(event);
    }

    @Override
    public void observed(NodeId reporter, Endpoint observed) {
        events.onObserved(reporter, observed);
    }

    @Override
    public void persist(long number, StoredRecord record) {
        events.onPersist(number, record);
    }

    @Override
    public void forget(long number) {
        events.onForget(number);
    }

    @Override
    public void restoreKey(NodeId key) {
        events.onRestoreKey(key);
    }

    @Override
    public void saveDue() {
        events.onSaveDue();
    }

    @Override
    public void seedsWanted() {
        events.onSeedsWanted();
    }
}
