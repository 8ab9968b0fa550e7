package io.a2al.dht.result;

import io.a2al.dht.Agent;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.mailbox.InvalidMailException;
import io.a2al.protocol.mailbox.Mail;
import io.a2al.protocol.mailbox.SealedMail;
import io.a2al.protocol.record.SignedRecord;

/**
 * A note that was found and opened. Immutable; thread-safe.
 *
 * @param mail sender, type and content; its sequence number tells notes of one sender apart
 * @param record the signed record it was sealed in
 */
public record ReceivedMail(Mail mail, SignedRecord record) {

    /** What makes a note the same note, however often it was sealed. */
    public record Note(Address sender, long sequence, int type, Bytes body) {}

    /**
     * Opens a mailbox record.
     *
     * @throws InvalidMailException naming the field that is wrong
     */
    public static ReceivedMail open(Agent reader, SignedRecord record) throws InvalidMailException {
        return new ReceivedMail(SealedMail.open(record, reader.address(), reader.key()), record);
    }

    public Note note() {
        return new Note(mail.sender(), mail.sequence(), mail.type(), mail.body());
    }
}
