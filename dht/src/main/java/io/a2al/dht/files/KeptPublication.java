package io.a2al.dht.files;

import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.AgentProfilePayload;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.RecordPayload;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.TopicPayload;
import io.a2al.protocol.record.Topics;
import java.util.Objects;

/** A publication that a node resumes when it is started again. Immutable, with value equality; thread-safe. */
public sealed interface KeptPublication {

    /** Returns the DHT key that its records are kept at. */
    NodeId key();

    /** Returns the address that its records speak for. */
    Address address();

    /** Returns the type of its records, 0 to 255. */
    int type();

    /**
     * A publication whose next record the agent's key signs when it is resumed. It does not contain that key.
     *
     * @param address the agent's address
     * @param payload what each of its records contains
     */
    record Renewed(Address address, RecordPayload payload) implements KeptPublication {

        /** Checks that neither is null. */
        public Renewed {
            Objects.requireNonNull(address, "address");
            Objects.requireNonNull(payload, "payload");
        }

        @Override
        public NodeId key() {
            return switch (payload) {
                case TopicPayload entry -> Topics.keyOf(entry.topic());
                case EndpointPayload _, AgentProfilePayload _ -> NodeId.ofAddress(address);
            };
        }

        @Override
        public int type() {
            return payload.recordType();
        }
    }

    /**
     * A record that the node cannot renew, such as a note. It is resumed as it is, until it expires.
     *
     * @param key where it is published
     * @param record the record; its signature is checked when it is resumed
     */
    record Ready(NodeId key, SignedRecord record) implements KeptPublication {

        /** Checks that neither is null. */
        public Ready {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(record, "record");
        }

        @Override
        public Address address() {
            return record.address();
        }

        @Override
        public int type() {
            return record.type();
        }

        /** Returns true if the record has expired by {@code now}, in Unix seconds. */
        public boolean isExpiredAt(long now) {
            return Long.compareUnsigned(record.timestamp(), now) < 0 && now - record.timestamp() > record.ttl();
        }
    }
}
