package io.a2al.protocol.record;

import io.a2al.protocol.Bytes;
import java.util.Comparator;
import java.util.Optional;

/**
 * The slot of a record at its DHT key. A newer record replaces the stored one of the same slot (wire.md 10.1).
 * Immutable, with value equality; thread-safe.
 *
 * @param group how records of the slot's category are merged
 * @param owner the address for records keyed by address, else the signing key
 * @param type the record type, or -1 if all types of the category share the slot
 * @param payload the payload of a mailbox record; nothing for other records
 */
public record RecordSlot(Group group, Bytes owner, int type, Optional<Bytes> payload)
        implements Comparable<RecordSlot> {

    /** Categories of records that are merged by the same rule. */
    public enum Group {
        /** Sovereign records and those of unknown types. */
        ADDRESS,
        /** Topic entries. */
        TOPIC,
        /** Notes. */
        MAILBOX;

        /** Returns the group of a category. */
        public static Group of(RecordCategory category) {
            return switch (category) {
                case SOVEREIGN, UNKNOWN -> ADDRESS;
                case TOPIC -> TOPIC;
                case MAILBOX -> MAILBOX;
            };
        }
    }

    private static final int ANY_TYPE = -1;

    private static final Comparator<RecordSlot> ORDER = Comparator.comparing(RecordSlot::owner)
            .thenComparingInt(RecordSlot::type)
            .thenComparing(RecordSlot::group)
            .thenComparing(slot -> slot.payload().isPresent())
            .thenComparing(slot -> slot.payload().orElse(Bytes.EMPTY));

    /** Returns the slot of a record. */
    public static RecordSlot of(SignedRecord record) {
        return switch (record.category()) {
            case TOPIC -> new RecordSlot(Group.TOPIC, record.publicKey(), ANY_TYPE, Optional.empty());
            case MAILBOX -> new RecordSlot(Group.MAILBOX, record.publicKey(), record.type(), record.payload());
            case SOVEREIGN, UNKNOWN ->
                new RecordSlot(Group.ADDRESS, record.addressBytes(), record.type(), Optional.empty());
        };
    }

    /** Orders by owner first, so that hash tables find one of many with the same hash quickly. */
    @Override
    public int compareTo(RecordSlot other) {
        return ORDER.compare(this, other);
    }
}
