package io.a2al.app.data;

import io.a2al.dht.files.DamagedFileException;
import io.a2al.dht.files.DataDirectory;
import io.a2al.dht.files.DeliveredMail;
import io.a2al.dht.files.OwnerOnlyFile;
import io.a2al.dht.files.RecordFiles;
import io.a2al.dht.peers.SavedContacts;
import io.a2al.dht.peers.SeenPeersFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * What is in a data directory.
 *
 * @param layout the version of its layout
 * @param records the state of the records
 * @param files the state of each other file, by its name
 */
record DirectoryReport(int layout, RecordFiles.Report records, SequencedMap<String, State> files) {

    /**
     * The state of a file.
     *
     * @param text what is in it, or why it cannot be read
     * @param whole false if it is damaged or cannot be read
     */
    record State(String text, boolean whole) {}

    /** Reads a file and returns its state in words. */
    @FunctionalInterface
    private interface Reading {
        String read() throws IOException;
    }

    /**
     * Reads everything. Of the other files none is changed.
     *
     * @throws IOException if the records cannot be read or written
     */
    static DirectoryReport of(DataDirectory open, RecordFiles records) throws IOException {
        SequencedMap<String, State> files = new LinkedHashMap<>();
        put(files, open.contactsFile(), () -> {
            SavedContacts.Content content = new SavedContacts(open.contactsFile()).read();
            return content.contacts().size() + " contacts, network of about "
                    + content.size().nodes() + " nodes";
        });
        put(
                files,
                open.seenPeersFile(),
                () -> new SeenPeersFile(open.seenPeersFile()).read().size() + " nodes");
        put(files, open.mailDeliveredFile(), () -> {
            DeliveredMail delivered = new DeliveredMail(open.mailDeliveredFile());
            delivered.read();
            return delivered.size() + " notes";
        });
        return new DirectoryReport(open.layout(), records.check(), files);
    }

    private static void put(SequencedMap<String, State> files, Path file, Reading reading) {
        files.put(file.getFileName().toString(), Files.exists(file) ? state(reading) : new State("none", true));
    }

    private static State state(Reading reading) {
        try {
            return new State(reading.read(), true);
        } catch (DamagedFileException e) {
            return new State("damaged: " + e.getMessage() + "; the node sets it aside when it starts", false);
        } catch (IOException e) {
            return new State("cannot be read: " + OwnerOnlyFile.reason(e), false);
        }
    }
}
