package io.a2al.dht.result;

import io.a2al.core.api.LookupReport;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.mailbox.InvalidMailException;
import io.a2al.protocol.record.RecordCategory;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The notes for an agent that were found in the network. Reading leaves them there until they expire; an application
 * that reads repeatedly recognises known notes by sender and sequence number. Immutable; thread-safe.
 *
 * <p>Both lists are in the order of the senders' sequence numbers, by convention the nanoseconds at which notes were
 * sent; then of timestamps, then of signatures. A note that was sealed twice, with the same sequence number and
 * content, appears once; the same content under two numbers is two notes.
 *
 * @param mail the notes that could be opened
 * @param unreadable the records that could not be opened
 * @param report how the lookup went
 */
public record MailResult(List<ReceivedMail> mail, List<UnreadableMail> unreadable, LookupReport report) {

    private static final Comparator<SignedRecord> ORDER = Comparator.comparing(
                    SignedRecord::sequence, Long::compareUnsigned)
            .thenComparing(SignedRecord::timestamp, Long::compareUnsigned)
            .thenComparing(SignedRecord::signature);

    /** Copies the lists. */
    public MailResult {
        mail = List.copyOf(mail);
        unreadable = List.copyOf(unreadable);
    }

    /**
     * Opens all mail among {@code found}; records of other kinds are skipped.
     *
     * @param reader the agent's address
     * @param key the key that acts for the agent
     */
    public static MailResult open(Address reader, Identity key, List<VerifiedRecord> found, LookupReport report) {
        List<ReceivedMail> opened = new ArrayList<>();
        List<UnreadableMail> unreadable = new ArrayList<>();
        Set<ReceivedMail.Note> known = new HashSet<>();
        List<SignedRecord> sealed = found.stream()
                .filter(verified -> verified.category() == RecordCategory.MAILBOX)
                .map(VerifiedRecord::record)
                .sorted(ORDER)
                .toList();
        for (SignedRecord record : sealed) {
            try {
                ReceivedMail received = ReceivedMail.open(reader, key, record);
                if (known.add(received.note())) {
                    opened.add(received);
                }
            } catch (InvalidMailException e) {
                unreadable.add(new UnreadableMail(record.address(), e.getMessage(), record));
            }
        }
        return new MailResult(opened, unreadable, report);
    }
}
