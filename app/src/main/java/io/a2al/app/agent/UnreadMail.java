package io.a2al.app.agent;

import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.Output;
import io.a2al.dht.files.DamagedFileException;
import io.a2al.dht.files.DeliveredMail;
import io.a2al.dht.files.OwnerOnlyFile;
import io.a2al.dht.result.MailResult;
import io.a2al.protocol.id.Address;
import java.io.IOException;
import java.time.Instant;

/** Tells notes that were shown before with a data directory from those that were not. */
final class UnreadMail {

    private final DeliveredMail delivered;
    private final Address reader;

    private UnreadMail(DeliveredMail delivered, Address reader) {
        this.delivered = delivered;
        this.reader = reader;
    }

    /**
     * Reads what was shown to an agent whose directory is open; a damaged file is set aside.
     *
     * @throws CommandException if it cannot be read
     */
    static UnreadMail of(ActingAgent acting, Output output) throws CommandException {
        DeliveredMail delivered =
                new DeliveredMail(acting.directory().orElseThrow().mailDeliveredFile());
        try {
            delivered.read();
        } catch (DamagedFileException e) {
            setAside(delivered, e, output);
        } catch (IOException e) {
            throw CommandException.failed("file " + delivered.path() + " cannot be read: " + OwnerOnlyFile.reason(e)
                    + "; leave out --unread to see all notes");
        }
        return new UnreadMail(delivered, acting.agent().address());
    }

    private static void setAside(DeliveredMail damaged, DamagedFileException damage, Output output)
            throws CommandException {
        try {
            output.warn("file " + damaged.path() + " is damaged: " + damage.getMessage() + "; it is kept as "
                    + OwnerOnlyFile.setAside(damaged.path()) + ", and notes are shown again");
        } catch (IOException e) {
            throw CommandException.failed("file " + damaged.path() + " is damaged and cannot be renamed: "
                    + OwnerOnlyFile.reason(e) + "; move it away");
        }
    }

    /** Returns the notes that were not shown before. */
    MailResult among(MailResult all) {
        return DeliveredMail.without(delivered.of(reader), all);
    }

    /**
     * Notes that all of these were shown.
     *
     * @throws CommandException if that cannot be written, so that they will be shown again
     */
    void mark(MailResult shown) throws CommandException {
        shown.mail().forEach(note -> delivered.mark(reader, DeliveredMail.keyOf(note.note()), note.record()));
        shown.unreadable().forEach(note -> delivered.mark(reader, DeliveredMail.keyOf(note.record()), note.record()));
        try {
            delivered.write(Instant.now().getEpochSecond());
        } catch (IOException e) {
            throw CommandException.failed("file " + delivered.path() + " cannot be written: " + OwnerOnlyFile.reason(e)
                    + "; these notes will be shown again");
        }
    }
}
