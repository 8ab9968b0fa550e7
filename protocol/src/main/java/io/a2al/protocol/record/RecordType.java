package io.a2al.protocol.record;

/** The record type numbers that have a name (wire.md 10.1); a record may carry any number from 0 to 255. */
public final class RecordType {

    /** In a request: records of every type. */
    public static final int ANY = 0x00;

    /** Where an agent can be reached. */
    public static final int ENDPOINT = 0x01;

    /** What an agent says of itself; the newer generation's. */
    public static final int AGENT_PROFILE = 0x02;

    /** An agent's entry under a topic. */
    public static final int TOPIC = 0x10;

    /** A sealed note for one recipient. */
    public static final int MAILBOX = 0x80;

    private RecordType() {}
}
