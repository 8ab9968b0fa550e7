package io.a2al.dht;

import io.a2al.protocol.id.Address;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.SignedRecord;

/**
 * Where an agent said it can be reached. Immutable; thread-safe.
 *
 * @param address the agent
 * @param payload what it said
 * @param record the signed record it said it in
 */
public record EndpointRecord(Address address, EndpointPayload payload, SignedRecord record) {}
