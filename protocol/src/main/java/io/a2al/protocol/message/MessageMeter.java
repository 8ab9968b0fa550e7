package io.a2al.protocol.message;

import io.a2al.protocol.cbor.CborWriter;

/**
 * Measures the datagrams of messages without signing them. It keeps its buffer, since the core measures many responses.
 * Not thread-safe.
 */
public final class MessageMeter {

    private final CborWriter body = new CborWriter(MessageCodec.MAX_DATAGRAM);

    /** Creates a meter with a buffer for one datagram. */
    public MessageMeter() {}

    /**
     * Returns the length, in bytes, of the datagram that carries {@code message} with {@link Header#of the usual
     * header}.
     */
    public int datagramLength(Message message) {
        body.reset();
        BodyWriter.write(body, message);
        return MessageCodec.ENVELOPE_LENGTH + body.length();
    }
}
