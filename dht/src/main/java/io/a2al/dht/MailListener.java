package io.a2al.dht;

import io.a2al.core.bounds.BoundedMap;
import io.a2al.dht.files.DeliveredMail;
import io.a2al.dht.result.ReceivedMail;
import io.a2al.dht.shell.MailKeeper;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.mailbox.InvalidMailException;
import io.a2al.protocol.record.RecordCategory;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.function.Consumer;

/**
 * Opens the records of an agent's mailbox and passes each note on once, however often it was sealed, and not if it was
 * passed on before this listener began and that is kept. A note counts as passed on when the consumer has returned; if
 * it throws, the note is passed on again once its record is heard again. Records that cannot be opened are skipped;
 * {@link DhtNode#readMail} shows them. Called by one thread at a time.
 */
final class MailListener implements Consumer<VerifiedRecord> {

    private final Agent reader;
    private final Consumer<ReceivedMail> consumer;
    private final MailKeeper keeper;

    /** Bounds the memory of a listener. A note beyond it may be passed on again. */
    private final BoundedMap<Bytes, Boolean> known = new BoundedMap<>(DeliveredMail.MAX_NOTES);

    MailListener(Agent reader, Consumer<ReceivedMail> consumer, MailKeeper keeper) {
        this.reader = reader;
        this.consumer = consumer;
        this.keeper = keeper;
        keeper.deliveredTo(reader.address()).forEach(key -> known.put(key, true));
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
        Bytes key = DeliveredMail.keyOf(received.note());
        if (known.get(key) == null) {
            consumer.accept(received);
            known.put(key, true);
        }
        // Also of a note that was sealed again, as its new record expires later.
        keeper.mark(reader.address(), key, verified.record());
    }
}
