package io.a2al.sim.network;

import io.a2al.protocol.message.MessageType;
import io.a2al.sim.engine.Mixer;
import java.util.Arrays;
import java.util.Optional;

/**
 * The bytes of one datagram, which nobody may change, with their hash. One that is duplicated on the way is one object.
 */
public final class Datagram {

    /** Where the header of every message of ours has its type (wire.md section 5): after version 1 and features 0. */
    private static final int TYPE_AT = 9;

    private static final byte[] BEFORE_TYPE = {(byte) 0xa4, 0x01, (byte) 0xa4, 0x01, 0x01, 0x02, 0x00, 0x03};

    private final byte[] bytes;
    private final long digest;

    private Datagram(byte[] bytes) {
        this.bytes = bytes;
        this.digest = Mixer.add(0, bytes, 0, bytes.length);
    }

    /** The first {@code length} bytes of a buffer, copied. */
    public static Datagram copyOf(byte[] buffer, int length) {
        return new Datagram(Arrays.copyOf(buffer, length));
    }

    /** The bytes themselves, only to be read. */
    public byte[] bytes() {
        return bytes;
    }

    /** How many bytes. */
    public int length() {
        return bytes.length;
    }

    /** A hash of the bytes. */
    public long digest() {
        return digest;
    }

    /** The type of message that this seems to be; nothing if it does not begin as messages do. */
    public Optional<MessageType> type() {
        boolean known = bytes.length >= TYPE_AT
                && Arrays.equals(bytes, 0, BEFORE_TYPE.length, BEFORE_TYPE, 0, BEFORE_TYPE.length);
        return known ? MessageType.ofCode(bytes[TYPE_AT - 1] & 0xff) : Optional.empty();
    }
}
