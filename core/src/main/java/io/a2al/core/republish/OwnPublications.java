package io.a2al.core.republish;

import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.VerifiedRecord;

/** Tells which records the node publishes itself, so that it does not republish them as well. */
@FunctionalInterface
public interface OwnPublications {

    /** Returns true if the record's slot is published by this node at {@code key}. */
    boolean isPublished(NodeId key, VerifiedRecord record);
}
