package io.a2al.dht.result;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.mailbox.InvalidMailException;
import io.a2al.protocol.mailbox.Mail;
import io.a2al.protocol.mailbox.SealedMail;
import io.a2al.protocol.record.SignedRecord;
import java.util.Comparator;

/**
 * An opened note. Immutable; thread-safe.
 *
 * @param mail sender, type and content; its sequence number distinguishes the notes of one sender
 * @param record the signed record that contained it
 */
public record ReceivedMail(Mail mail, SignedRecord record) {

    /** The identity of a note: two records with the same are one note that was sealed twice. */
    public record Note(Address sender, long sequence, int type, Bytes body) implements Comparable<Note> {

        private static final Comparator<Note> ORDER = Comparator.comparing(Note::sender)
                .thenComparing(Note::sequence, Long::compareUnsigned)
                .thenComparingInt(Note::type)
                .thenComparing(Note::body);

        /** Orders by sender, then by sequence number. */
        @Override
        public int compareTo(Note other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * Opens a mailbox record.
     *
     * @param reader the address of the agent that the note is for
     * @param key the key that acts for the agent
     * @throws InvalidMailException naming the field that is wrong
     */
    public static ReceivedMail open(Address reader, Identity key, SignedRecord record) throws InvalidMailException {
        return new ReceivedMail(SealedMail.open(record, reader, key), record);
    }

    /** Returns the identity of the note. */
    public Note note() {
        return new Note(mail.sender(), mail.sequence(), mail.type(), mail.body());
    }
}
