package io.a2al.core.bounds;

import io.a2al.protocol.message.Message;
import io.a2al.protocol.record.SignedRecord;
import java.util.Optional;

/** The longest records that a datagram can carry. Stateless and thread-safe. */
public final class DatagramLimits {

    private DatagramLimits() {}

    /**
     * Returns the length in bytes of the longest record that can be sent to other nodes and read back from them.
     *
     * @param explicitKey true if its key is sent along, because it does not follow from the record
     */
    public static int maxRecord(boolean explicitKey) {
        return explicitKey ? Message.Store.MAX_RECORD_WITH_KEY : Message.Store.MAX_RECORD_WITHOUT_KEY;
    }

    /**
     * Returns true if a request fits a datagram. Records are the only part of a request whose length is not bounded by
     * the message itself.
     */
    public static boolean fits(Message request) {
        return switch (request) {
            case Message.Store(SignedRecord record, Optional<?> wireKey) ->
                record.encodedLength() <= maxRecord(wireKey.isPresent());
            case Message.Push push -> push.record().encodedLength() <= maxRecord(true);
            default -> true;
        };
    }
}
