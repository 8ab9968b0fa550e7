package io.a2al.protocol.record;

import io.a2al.protocol.Bytes;
import java.util.Optional;

/**
 * The place that a record takes at its key; a newer record of the same slot replaces it (wire.md 10.1). Immutable, with
 * value equality; thread-safe.
 *
 * @param group what keeps slots of different categories apart
 * @param owner the address for records keyed by address, else the signing key
 * @param type the record type, or -1 where all types of a category share the slot
 * @param payload the payload of a mailbox record; nothing for the rest
 */
public record RecordSlot(Group group, Bytes owner, int type, Optional<Bytes> payload) {

    /** Categories as far as they are merged differently. */
    public enum Group {
        /** Sovereign records and those of unknown types. */
        ADDRESS,
        /** Topic entries. */
        TOPIC,
        /** Sealed notes. */
        MAILBOX
    }

    private static final int ANY_TYPE = -1;

    /** The slot of a record. */
    public static RecordSlot of(SignedRecord record) {
        return switch (record.category()) {
            case TOPIC -> new RecordSlot(Group.TOPIC, record.publicKey(), ANY_TYPE, Optional.empty());
            case MAILBOX -> new RecordSlot(Group.MAILBOX, record.publicKey(), record.type(), record.payload());
            case SOVEREIGN, UNKNOWN ->
                new RecordSlot(Group.ADDRESS, record.address().toBytes(), record.type(), Optional.empty());
        };
    }
}
