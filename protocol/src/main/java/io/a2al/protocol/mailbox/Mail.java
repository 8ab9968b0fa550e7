package io.a2al.protocol.mailbox;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.Address;
import java.util.Optional;

/**
 * A note that was opened. Immutable, with value equality; thread-safe.
 *
 * @param sender the address that the record speaks for
 * @param type 0 to 255; see the constants
 * @param wireBody the content; nothing if it is null on the wire
 * @param sequence the record's sequence number, unsigned
 * @param senderKey the 32-byte key that signed the record
 */
public record Mail(Address sender, int type, Optional<Bytes> wireBody, long sequence, Bytes senderKey) {

    /** Asks for a connection. */
    public static final int CONNECT_REQUEST = 1;

    /** Tells where the sender can be reached. */
    public static final int CANDIDATES = 2;

    /** A text. */
    public static final int TEXT = 3;

    /** The content; empty also when the wire has null. */
    public Bytes body() {
        return wireBody.orElse(Bytes.EMPTY);
    }
}
