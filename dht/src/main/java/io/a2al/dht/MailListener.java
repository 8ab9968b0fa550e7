package io.a2al.dht;

import io.a2al.core.bounds.BoundedMap;
import io.a2al.dht.result.ReceivedMail;
import io.a2al.dht.result.ReceivedMail.Note;
import io.a2al.protocol.mailbox.InvalidMailException;
import io.a2al.protocol.record.RecordCategory;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.function.Consumer;

/**
 * Opens what comes into an agent's mailbox, and hands on each note once, however often it was sealed. What cannot be
 * opened is left out; {@link DhtNode#readMail} shows it. Called by one thread at a time.
 */
final class MailListener implements Consumer<VerifiedRecord> {

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
            received = ReceivedMail.open(reader, verified.record());
        } catch (InvalidMailException unreadable) {
            return;
        }
        if (known.put(received.note(), true) == null) {
            consumer.accept(received);
        }
    }
}
