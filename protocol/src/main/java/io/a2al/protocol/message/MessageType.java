package io.a2al.protocol.message;

import java.util.Optional;

/** The twelve message types (wire.md section 7). */
public enum MessageType {
    /** {@link Message.Ping}. */
    PING(0x01),
    /** {@link Message.Pong}. */
    PONG(0x02),
    /** {@link Message.FindNode}. */
    FIND_NODE(0x03),
    /** {@link Message.FindNodeResponse}. */
    FIND_NODE_RESPONSE(0x04),
    /** {@link Message.FindValue}. */
    FIND_VALUE(0x05),
    /** {@link Message.FindValueResponse}. */
    FIND_VALUE_RESPONSE(0x06),
    /** {@link Message.Store}. */
    STORE(0x07),
    /** {@link Message.StoreResponse}. */
    STORE_RESPONSE(0x08),
    /** {@link Message.NatProbeRequest}. */
    NAT_PROBE_REQUEST(0x09),
    /** {@link Message.NatProbeEcho}. */
    NAT_PROBE_ECHO(0x0a),
    /** {@link Message.Push}; newer protocol version only. */
    PUSH(0x0b),
    /** {@link Message.PushAck}; newer protocol version only. */
    PUSH_ACK(0x0c);

    private static final MessageType[] BY_CODE = values();

    private final int code;

    MessageType(int code) {
        this.code = code;
    }

    /** Returns the number of this type on the wire. */
    public int code() {
        return code;
    }

    /** Returns the type with this number on the wire, or nothing if there is none. */
    public static Optional<MessageType> ofCode(int code) {
        return code >= 1 && code <= BY_CODE.length ? Optional.of(BY_CODE[code - 1]) : Optional.empty();
    }

    /** Returns the type of the response to this type, or nothing for responses and one-way messages. */
    public Optional<MessageType> response() {
        return switch (this) {
            case PING -> Optional.of(PONG);
            case FIND_NODE -> Optional.of(FIND_NODE_RESPONSE);
            case FIND_VALUE -> Optional.of(FIND_VALUE_RESPONSE);
            case STORE -> Optional.of(STORE_RESPONSE);
            case PUSH -> Optional.of(PUSH_ACK);
            default -> Optional.empty();
        };
    }

    /** Returns true if messages of this type answer a request. */
    public boolean isResponse() {
        return switch (this) {
            case PONG, FIND_NODE_RESPONSE, FIND_VALUE_RESPONSE, STORE_RESPONSE, PUSH_ACK -> true;
            default -> false;
        };
    }
}
