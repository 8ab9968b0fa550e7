package io.a2al.dht;

import io.a2al.protocol.id.Address;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.TopicPayload;

/**
 * An agent's entry under a topic. Immutable; thread-safe.
 *
 * @param address the agent
 * @param payload what it said
 * @param record the signed record it said it in
 */
public record TopicEntry(Address address, TopicPayload payload, SignedRecord record) {}
