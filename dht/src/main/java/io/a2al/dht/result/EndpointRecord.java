package io.a2al.dht.result;

import io.a2al.protocol.id.Address;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.VerifiedRecord;

/**
 * A verified endpoint record: where an agent can be reached. Immutable; thread-safe.
 *
 * @param address the agent
 * @param payload the content of the record
 * @param record the signed record
 */
public record EndpointRecord(Address address, EndpointPayload payload, SignedRecord record) {

    /** Returns the content of a verified endpoint record. */
    public static EndpointRecord of(VerifiedRecord verified) {
        SignedRecord record = verified.record();
        try {
            return new EndpointRecord(
                    record.address(), EndpointPayload.decode(record.payload().orElseThrow()), record);
        } catch (InvalidRecordException impossible) {
            throw new IllegalStateException("a verified record has a valid payload", impossible);
        }
    }
}
