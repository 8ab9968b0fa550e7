package io.a2al.protocol.record;

import io.a2al.protocol.Bytes;

/** What an agent says in a record of a type that has a meaning (wire.md 11). Immutable; thread-safe. */
public sealed interface RecordPayload permits EndpointPayload, TopicPayload, AgentProfilePayload {

    /** The type of records that carry such a payload. */
    int recordType();

    /** Canonical encoding, whether or not the limits hold. */
    Bytes encode();

    /**
     * Checks the limits of its type.
     *
     * @throws InvalidRecordException naming the first value beyond its limit
     */
    void checkLimits() throws InvalidRecordException;
}
