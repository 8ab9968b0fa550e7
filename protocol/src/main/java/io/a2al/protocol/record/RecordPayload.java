package io.a2al.protocol.record;

import io.a2al.protocol.Bytes;

/** The payload of a record whose type has a defined meaning (wire.md 11). Immutable and thread-safe. */
public sealed interface RecordPayload permits EndpointPayload, TopicPayload, AgentProfilePayload {

    /** Returns the type of records that carry such a payload. */
    int recordType();

    /** Returns the canonical encoding, whether or not it is within the limits. */
    Bytes encode();

    /**
     * Checks the limits of its type.
     *
     * @throws InvalidRecordException if a value is beyond its limit; the message names the first one
     */
    void checkLimits() throws InvalidRecordException;
}
