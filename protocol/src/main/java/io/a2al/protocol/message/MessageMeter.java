package io.a2al.protocol.message;

import io.a2al.protocol.cbor.CborWriter;

/** Says how long datagrams would be, in a buffer that it keeps, as that is asked of many answers. Not thread-safe. */
public final class MessageMeter {

    private final CborWriter body = new CborWriter(MessageCodec.MAX_DATAGRAM);

    /** A meter with a buffer for one datagram. */
    public MessageMeter() {}

    /** Bytes of the datagram that carries this message under a header as all nodes send it. */
    public int datagramLength(Message message) {
        body.reset();
        BodyWriter.write(body, message);
        return MessageCodec.ENVELOPE_LENGTH + body.length();
    }
}
