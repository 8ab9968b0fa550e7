package io.a2al.protocol.record;

/** The record types that have a name (wire.md 10.1). A record may have any type from 0 to 255. */
public final class RecordType {

    /** Records of every type; used in requests. */
    public static final int ANY = 0x00;

    /** The endpoints of an agent, {@link EndpointPayload}. */
    public static final int ENDPOINT = 0x01;

    /** The profile of an agent, {@link AgentProfilePayload}; newer protocol version only. */
    public static final int AGENT_PROFILE = 0x02;

    /** An agent's entry under a topic, {@link TopicPayload}. */
    public static final int TOPIC = 0x10;

    /** A note that is sealed for one recipient. */
    public static final int MAILBOX = 0x80;

    private RecordType() {}
}
