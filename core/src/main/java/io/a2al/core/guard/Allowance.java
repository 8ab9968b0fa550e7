package io.a2al.core.guard;

import io.a2al.protocol.message.MessageCodec;

/**
 * How long a datagram to somebody may be. Immutable; thread-safe.
 *
 * @param octets of the whole datagram; perhaps negative
 */
public record Allowance(int octets) {

    /** As long as a datagram may be at all. */
    public static final Allowance FULL = new Allowance(MessageCodec.MAX_DATAGRAM);

    /** True if nothing needs to be kept short. */
    public boolean isFull() {
        return octets >= MessageCodec.MAX_DATAGRAM;
    }

    /** The same after another datagram of this length. */
    public Allowance after(int otherOctets) {
        return new Allowance(octets - otherOctets);
    }

    /** Octets left for a message's body. */
    public int bodyOctets() {
        return octets - MessageCodec.ENVELOPE_LENGTH;
    }
}
