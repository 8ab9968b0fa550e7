package io.a2al.sim.network;

import io.a2al.protocol.message.MessageType;
import io.a2al.sim.engine.Mixer;
import java.util.Arrays;
import java.util.Optional;

/** The octets of one datagram, which nobody may change, with their hash. One that is duplicated on the way is one object. */
public final class Datagram {

    /** Where the header of every message of ours has its type (wire.md section 5): after version 1 and features 0. */
    private static final int TYPE_AT = 9;

    private static final byte[] BEFORE_TYPE = {(byte) 0xa4, 0x01, (byte) 0xa4, 0x01, 0x01, 0x02, 0x00, 0x03};

    private final byte[] octets;
    private final long digest;

    private Datagram(byte[] octets) {
        this.octets = octets;
        this.digest = Mixer.add(0, octets, 0, octets.length);
    }

    /** The first {@code length} octets of a buffer, copied. */
    public static Datagram copyOf(byte[] buffer, int length) {
        return new Datagram(Arrays.copyOf(buffer, length));
    }

    /** The octets themselves, only to be read. */
    public byte[] octets() {
        return octets;
    }

    /** How many octets. */
    public int length() {
        return octets.length;
    }

    /** A hash of the octets. */
    public long digest() {
        return digest;
    }

    /** The type of message that this seems to be; nothing if it does not begin as messages do. */
    public Optional<MessageType> type() {
        boolean known = octets.length >= TYPE_AT
                && Arrays.equals(octets, 0, BEFORE_TYPE.length, BEFORE_TYPE, 0, BEFORE_TYPE.length);
        return known ? MessageType.ofCode(octets[TYPE_AT - 1] & 0xff) : Optional.empty();
    }
}
