package io.a2al.sim.network;

import io.a2al.protocol.message.MessageType;
import io.a2al.sim.engine.Mixer;
import java.util.Arrays;
import java.util.Optional;

/**
 * The bytes of one datagram, with their hash. The bytes must not be changed: both copies of a duplicated datagram are
 * the same object.
 */
public final class Datagram {

    /** Length of the header that our codec writes up to and including the message type (wire.md section 5). */
    private static final int TYPE_END = 9;

    /** Maps of four fields, and of five in a padded message. */
    private static final byte PLAIN = (byte) 0xa4;

    private static final byte PADDED = (byte) 0xa5;

    /** What follows up to the message type: version 1, features 0. */
    private static final byte[] BEFORE_TYPE = {0x01, (byte) 0xa4, 0x01, 0x01, 0x02, 0x00, 0x03};

    private final byte[] bytes;
    private final long digest;

    private Datagram(byte[] bytes) {
        this.bytes = bytes;
        this.digest = Mixer.add(0, bytes, 0, bytes.length);
    }

    /** Returns a datagram with a copy of the first {@code length} bytes of {@code buffer}. */
    public static Datagram copyOf(byte[] buffer, int length) {
        return new Datagram(Arrays.copyOf(buffer, length));
    }

    /** Returns the bytes, not copied; they must not be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** Returns the number of bytes. */
    public int length() {
        return bytes.length;
    }

    /** Returns a hash of the bytes. */
    public long digest() {
        return digest;
    }

    /** Returns the message type in the header, or empty if this does not begin like a message. */
    public Optional<MessageType> type() {
        boolean known = bytes.length >= TYPE_END
                && (bytes[0] == PLAIN || bytes[0] == PADDED)
                && Arrays.equals(bytes, 1, TYPE_END - 1, BEFORE_TYPE, 0, BEFORE_TYPE.length);
        return known ? MessageType.ofCode(bytes[TYPE_END - 1] & 0xff) : Optional.empty();
    }
}
