package io.a2al.http.fuzz;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.mailbox.InvalidMailException;
import io.a2al.protocol.mailbox.Mail;
import io.a2al.protocol.mailbox.MailboxFrame;
import io.a2al.protocol.mailbox.SealedMail;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.SignedRecord;
import java.util.Optional;

/**
 * The input is a frame with a mailbox record, and the payload of one. A frame is refused with its own exception, or
 * encoded again it is the input; no frame announces more than the limit. A payload is refused with its own exception,
 * or it is a note of the record's sender.
 */
public final class MailFrameTarget {

    private MailFrameTarget() {}

    /** Checks one input. */
    public static void fuzzerTestOneInput(byte[] input) {
        Bytes bytes = Bytes.copyOf(input);
        frame(bytes);
        note(bytes);
    }

    private static void frame(Bytes input) {
        try {
            int length = MailboxFrame.recordLength(input);
            Check.that(length >= 0 && length <= MailboxFrame.MAX_RECORD, "no frame announces more than the limit");
            MailboxFrame frame = MailboxFrame.decode(input);
            Check.equal(frame.record().length(), length);
            Check.equal(frame.encode(), input);
        } catch (InvalidMailException refused) {
            // As is right for most inputs.
        }
    }

    private static void note(Bytes payload) {
        SignedRecord record = SignedRecord.of(
                Seeds.SENDER.address(),
                RecordType.MAILBOX,
                Optional.of(payload),
                1,
                Seeds.NOW,
                600,
                Seeds.SENDER.publicKey(),
                Bytes.zeros(64),
                Optional.empty());
        try {
            Mail mail = SealedMail.open(record, Seeds.RECIPIENT.address(), Seeds.RECIPIENT);
            Check.equal(mail.sender(), Seeds.SENDER.address());
        } catch (InvalidMailException refused) {
            // As is right for most inputs.
        }
    }
}
