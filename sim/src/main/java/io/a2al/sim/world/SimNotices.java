package io.a2al.sim.world;

import io.a2al.core.api.DropReason;
import io.a2al.core.api.Outcome;
import io.a2al.core.api.StoredRecord;
import io.a2al.core.shell.Notices;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.record.VerifiedRecord;

/** Passes what the shell of a participant reports to its disk, its application and the observers. Not thread-safe. */
final class SimNotices implements Notices {

    private final World world;
    private final SimNode node;
    private final PendingOperations operations;

    SimNotices(World world, SimNode node, PendingOperations operations) {
        this.world = world;
        this.node = node;
        this.operations = operations;
    }

    @Override
    public void dropped(Endpoint from, DropReason reason) {
        world.emit(new SimEvent.Dropped(world.now(), node.index(), from, DropCause.of(reason)));
    }

    @Override
    public void accepted() {
        // Only dropped datagrams are events.
    }

    @Override
    public void recordRefused() {
        // Not an event.
    }

    @Override
    public void completed(long operation, Outcome outcome) {
        world.emit(new SimEvent.Completed(world.now(), node.index(), operation, outcome));
        operations.complete(operation, outcome);
    }

    @Override
    public void renewalDue(long publication) {
        world.application().onRenewalDue(node, publication);
    }

    @Override
    public void heard(long listener, VerifiedRecord record) {
        world.emit(new SimEvent.Heard(world.now(), node.index(), listener, record));
        world.application().onHeard(node, listener, record);
    }

    @Override
    public void observed(NodeId reporter, Endpoint observed) {
        // The applications of a run do not use it.
    }

    @Override
    public void persist(long number, StoredRecord record) {
        node.disk().persist(number, record, node.now().nanos());
    }

    @Override
    public void forget(long number) {
        node.disk().forget(number, node.now().nanos());
    }

    @Override
    public void saveDue() {
        node.save();
    }

    @Override
    public void seedsWanted() {
        node.join(world.seedsFor(node));
    }
}
