package io.a2al.core.lookup;

import io.a2al.core.api.Failure;
import io.a2al.core.api.LookupStep;
import io.a2al.core.time.NodeTime;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.record.VerifiedRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Tells a trace of the steps of one lookup, if there is a trace. Not thread-safe. */
final class Steps {

    private final Optional<LookupTrace> trace;
    private final NodeId target;
    private final long startedAt;
    private int told;

    Steps(Optional<LookupTrace> trace, NodeId target, NodeTime now) {
        this.trace = trace;
        this.target = target;
        this.startedAt = now.nanos();
    }

    void asked(NodeTime now, Contact node) {
        if (isWanted()) {
            tell(now, node, new LookupStep.Asked());
        }
    }

    void answered(
            NodeTime now,
            Contact node,
            long roundTripNanos,
            List<Contact> nodes,
            List<VerifiedRecord> records,
            Completeness completeness) {
        if (isWanted()) {
            boolean truncated = completeness != Completeness.WHOLE && completeness != Completeness.EMPTY;
            tell(now, node, new LookupStep.Answered(Duration.ofNanos(roundTripNanos), nodes, records, truncated));
        }
    }

    void failed(NodeTime now, Contact node, Failure reason) {
        if (isWanted()) {
            tell(now, node, new LookupStep.Failed(reason));
        }
    }

    private boolean isWanted() {
        return trace.isPresent() && told < LookupTrace.MAX_STEPS;
    }

    private void tell(NodeTime now, Contact node, LookupStep.Event event) {
        told++;
        trace.orElseThrow()
                .onStep(new LookupStep(
                        Duration.ofNanos(now.nanos() - startedAt),
                        node,
                        target.commonPrefixLength(node.nodeId()),
                        event));
    }
}
