package io.a2al.dht;

import io.a2al.core.bounds.BoundedMap;
import io.a2al.dht.result.ReceivedMail;
import io.a2al.dht.result.ReceivedMail.Note;
import io.a2al.protocol.mailbox.InvalidMailException;
import io.a2al.protocol.record.RecordCategory;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.function.Consumer;

/**
 * Opens the records of an agent's mailbox and passes each note on once, however often it was sealed. Records that
 * cannot be opened are skipped; {@link DhtNode#readMail} shows them. Called by one thread at a time.
 */
final class MailListener implements Consumer<VerifiedRecord> {

    /** Notes remembered as passed on; bounds the memory of a listener. A note beyond it may be passed on again. */
    private static final int MAX_REMEMBERED = 4096;

    private final Agent reader;
    private final Consumer<ReceivedMail> consumer;
    private final BoundedMap<Note, Boolean> known = new BoundedMap<>(MAX_REMEMBERED);

    MailListener(Agent reader, Consumer<ReceivedMail> consumer) {
        this.reader = reader;
        this.consumer = consumer;
    }

    @Override
    public void accept(VerifiedRecord verified) {
        if (verified.category() != RecordCategory.MAILBOX) {
            return;
        }
        ReceivedMail received;
        try {
            received = ReceivedMail.open(reader.address(), reader.key(), verified.record());
        } catch (InvalidMailException unreadable) {
            return;
        }
        if (known.put(received.note(), true) == null) {
            consumer.accept(received);
        }
    }
}
