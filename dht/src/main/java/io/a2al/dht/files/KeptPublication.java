package io.a2al.dht.files;

import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.AgentProfilePayload;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.RecordPayload;
import io.a2al.protocol.record.RecordSlot;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.TopicPayload;
import io.a2al.protocol.record.Topics;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;

/** A publication that a node resumes when it is started again. Immutable, with value equality; thread-safe. */
public sealed interface KeptPublication {

    /** Returns the DHT key that its records are kept at. */
    NodeId key();

    /** Returns the address that its records speak for. */
    Address address();

    /** Returns the type of its records, 0 to 255. */
    int type();

    /** Returns its slot; of the publications with one slot, only the latest is kept. */
    Slot slot();

    /**
     * What a later publication of the same kind takes the place of. Immutable, with value equality and an order;
     * thread-safe.
     *
     * @param key the DHT key
     * @param renewed whether its records are renewed
     * @param records the slot of its records, in which an agent has one place however many keys sign for it if they are
     *     renewed
     */
    record Slot(NodeId key, boolean renewed, RecordSlot records) implements Comparable<Slot> {

        private static final Comparator<Slot> ORDER =
                Comparator.comparing(Slot::key).thenComparing(Slot::renewed).thenComparing(Slot::records);

        /** Checks that neither is null. */
        public Slot {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(records, "records");
        }

        @Override
        public int compareTo(Slot other) {
            return ORDER.compare(this, other);
        }
    }

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

        /** Unlike its records, a publication under a topic is the agent's, whatever key signs for it. */
        @Override
        public Slot slot() {
            RecordSlot ofAgent = new RecordSlot(RecordSlot.Group.ADDRESS, address.toBytes(), type(), Optional.empty());
            return new Slot(key(), true, ofAgent);
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

        @Override
        public Slot slot() {
            return new Slot(key, false, RecordSlot.of(record));
        }

        /** Returns true if the record has expired by {@code now}, in Unix seconds. */
        public boolean isExpiredAt(long now) {
            return Long.compareUnsigned(record.timestamp(), now) < 0 && now - record.timestamp() > record.ttl();
        }
    }
}
