package io.a2al.protocol.mailbox;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.Address;
import java.util.Optional;

/**
 * An opened note. Immutable, with value equality; thread-safe.
 *
 * @param sender the record's address. Opening does not check that {@code senderKey} may sign for it.
 * @param type 0 to 255; see the constants
 * @param wireBody the content; nothing is CBOR null
 * @param sequence the record's sequence number, unsigned
 * @param senderKey the 32-byte key that signed the record
 */
public record Mail(Address sender, int type, Optional<Bytes> wireBody, long sequence, Bytes senderKey) {

    /** Type of a note that asks for a connection. */
    public static final int CONNECT_REQUEST = 1;

    /** Type of a note that lists where the sender can be reached. */
    public static final int CANDIDATES = 2;

    /** Type of a note whose body is a text. */
    public static final int TEXT = 3;

    /** Returns the content; empty also if the wire has null. */
    public Bytes body() {
        return wireBody.orElse(Bytes.EMPTY);
    }
}
