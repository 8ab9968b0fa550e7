package io.a2al.protocol.record;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.cbor.CborException;
import io.a2al.protocol.cbor.CborReader;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import java.util.Optional;

/** The parts of a mailbox record that every node can read: its size and its recipient (wire.md 11.4). */
final class MailboxEnvelope {

    /** Longest payload of a record of the mailbox category, in bytes. */
    static final int MAX_PAYLOAD = 512;

    private MailboxEnvelope() {}

    /**
     * Checks the size of the payload and returns the NodeID of the recipient, or nothing if the record is not a note
     * that names one.
     *
     * @throws InvalidRecordException if the payload is longer than {@value #MAX_PAYLOAD} bytes
     */
    static Optional<NodeId> recipientKey(SignedRecord record) throws InvalidRecordException {
        if (record.payloadLength() > MAX_PAYLOAD) {
            throw new InvalidRecordException(
                    InvalidRecordException.Reason.PAYLOAD,
                    "mailbox payload has " + record.payloadLength() + " bytes, the limit is " + MAX_PAYLOAD);
        }
        return record.type() == RecordType.MAILBOX && record.payload().isPresent()
                ? recipient(record.payload().get())
                : Optional.empty();
    }

    private static Optional<NodeId> recipient(Bytes payload) {
        try {
            CborReader reader = CborReader.lenient(payload);
            reader.beginMap();
            for (int key = reader.nextField(); key != CborReader.END; key = reader.nextField()) {
                if (key == 1) {
                    Bytes recipient = reader.bytes();
                    return recipient.length() == Address.LENGTH
                            ? Optional.of(NodeId.ofAddress(Address.of(recipient)))
                            : Optional.empty();
                }
                reader.skip();
            }
            return Optional.empty();
        } catch (CborException unreadable) {
            // The size is the only rule for these payloads (wire.md 11.4), so an unreadable one is valid and names no
            // key.
            return Optional.empty();
        }
    }
}
