package io.a2al.dht.result;

import io.a2al.protocol.id.Address;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.TopicPayload;
import io.a2al.protocol.record.VerifiedRecord;

/**
 * A verified entry of an agent under a topic. Immutable; thread-safe.
 *
 * @param address the agent
 * @param payload the content of the entry
 * @param record the signed record
 */
public record TopicEntry(Address address, TopicPayload payload, SignedRecord record) {

    /** Returns the entry in a verified topic record. */
    public static TopicEntry of(VerifiedRecord verified) {
        SignedRecord record = verified.record();
        try {
            TopicPayload payload = TopicPayload.decode(record.payload().orElseThrow());
            return new TopicEntry(record.address(), payload, record);
        } catch (InvalidRecordException impossible) {
            throw new IllegalStateException("a verified record has a valid payload", impossible);
        }
    }
}
