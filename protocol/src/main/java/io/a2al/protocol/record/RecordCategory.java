package io.a2al.protocol.record;

/** How a record type is keyed, merged and limited (wire.md 10.1). */
public enum RecordCategory {
    /** One record per address and type, at the NodeID of the address. */
    SOVEREIGN,
    /** One record per signing key, at the key of a topic. */
    TOPIC,
    /** One record per signing key, payload and type, at the NodeID of the recipient. */
    MAILBOX,
    /** Types without a defined meaning; treated like sovereign ones. */
    UNKNOWN;

    /** Returns the category of a type number from 0 to 255. */
    public static RecordCategory of(int recordType) {
        if (recordType >= 0x01 && recordType <= 0x0f) {
            return SOVEREIGN;
        }
        if (recordType >= 0x10 && recordType <= 0x1f) {
            return TOPIC;
        }
        if (recordType >= 0x80 && recordType <= 0x8f) {
            return MAILBOX;
        }
        return UNKNOWN;
    }

    /** Returns true if records of this category are stored at the NodeID of their own address. */
    public boolean isKeyedByAddress() {
        return this == SOVEREIGN || this == UNKNOWN;
    }
}
