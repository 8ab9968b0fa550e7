package io.a2al.core.guard;

import io.a2al.protocol.message.MessageCodec;

/**
 * How long a datagram to somebody may be. Immutable; thread-safe.
 *
 * @param bytes of the whole datagram; perhaps negative
 */
public record Allowance(int bytes) {

    /** As long as a datagram may be at all. */
    public static final Allowance FULL = new Allowance(MessageCodec.MAX_DATAGRAM);

    /** True if nothing needs to be kept short. */
    public boolean isFull() {
        return bytes >= MessageCodec.MAX_DATAGRAM;
    }

    /** The same after another datagram of this length. */
    public Allowance after(int otherBytes) {
        return new Allowance(bytes - otherBytes);
    }

    /** Bytes left for a message's body. */
    public int bodyBytes() {
        return bytes - MessageCodec.ENVELOPE_LENGTH;
    }
}
