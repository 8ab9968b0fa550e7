package io.a2al.dht.testing;

import io.a2al.core.api.DropReason;
import io.a2al.core.api.Outcome;
import io.a2al.core.shell.Notices;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.function.BiConsumer;

/**
 * Passes on the outcomes of operations, and nothing else that the core raises.
 *
 * @param completed gets the number and the outcome of each operation
 */
public record OnlyOutcomes(BiConsumer<Long, Outcome> completed) implements Notices {

    @Override
    public void completed(long operation, Outcome outcome) {
        completed.accept(operation, outcome);
    }

    @Override
    public void dropped(Endpoint from, DropReason reason) {}

    @Override
    public void accepted() {}

    @Override
    public void recordRefused() {}

    @Override
    public void renewalDue(long publication) {}

    @Override
    public void heard(long listener, VerifiedRecord record) {}

    @Override
    public void observed(NodeId reporter, Endpoint observed) {}

    @Override
    public void saveDue() {}

    @Override
    public void seedsWanted() {}
}
