package io.a2al.core.guard;

import io.a2al.protocol.message.MessageCodec;

/**
 * How long a datagram to an address may be. Immutable; thread-safe.
 *
 * @param bytes of the whole datagram; negative if more was sent than was allowed
 */
public record Allowance(int bytes) {

    /** The longest datagram of the protocol: no limit applies. */
    public static final Allowance FULL = new Allowance(MessageCodec.MAX_DATAGRAM);

    /** Returns true if nothing has to be truncated. */
    public boolean isFull() {
        return bytes >= MessageCodec.MAX_DATAGRAM;
    }

    /** Returns what is left after another datagram of this length, in bytes. */
    public Allowance after(int otherBytes) {
        return new Allowance(bytes - otherBytes);
    }

    /** Returns the bytes left for a message's body. */
    public int bodyBytes() {
        return bytes - MessageCodec.ENVELOPE_LENGTH;
    }
}
