package io.a2al.app.data;

import io.a2al.dht.files.DamagedFileException;
import io.a2al.dht.files.DataDirectory;
import io.a2al.dht.files.DeliveredMail;
import io.a2al.dht.files.KeyFiles;
import io.a2al.dht.files.KeyForm;
import io.a2al.dht.files.OwnerOnlyFile;
import io.a2al.dht.files.PassphraseSource;
import io.a2al.dht.files.PublicationFile;
import io.a2al.dht.files.RecordFiles;
import io.a2al.dht.peers.SavedContacts;
import io.a2al.dht.peers.SeenPeersFile;
import io.a2al.http.registry.AgentFileReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.stream.Stream;

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
        put(files, open.mailDeliveredFile(), () -> notes(open.mailDeliveredFile()));
        put(files, open.publicationsFile(), () -> {
            PublicationFile.Content content = new PublicationFile(open.publicationsFile()).read();
            if (content.damaged() > 0) {
                throw new DamagedFileException(content.damaged() + " of its lines cannot be read");
            }
            return content.publications().size() + " publications";
        });
        put(files, open.agentsFile(), () -> agents(open.agentsFile()));
        put(files, open.agentsMailFile(), () -> notes(open.agentsMailFile()));
        putKeys(files, open);
        putSetAside(files, open.path());
        return new DirectoryReport(open.layout(), records.check(), files);
    }

    private static String notes(Path file) throws IOException {
        DeliveredMail delivered = new DeliveredMail(file);
        delivered.read();
        return delivered.size() + " notes";
    }

    private static String agents(Path file) throws IOException {
        AgentFileReport report = AgentFileReport.of(file);
        if (!report.damaged().isEmpty()) {
            throw new DamagedEntriesException(
                    report.agents() + " agents, and " + report.damaged().size()
                            + " entries that cannot be read: " + String.join(", ", report.damaged())
                            + "; put back the identity that they were kept with, or remove these agents");
        }
        return report.agents() + " agents; their keys are encrypted and not looked into";
    }

    /** A file of which the node sets nothing aside, as it keeps the entries that it cannot read. */
    private static final class DamagedEntriesException extends IOException {

        private static final long serialVersionUID = 1L;

        DamagedEntriesException(String message) {
            super(message);
        }
    }

    private static void putKeys(SequencedMap<String, State> files, DataDirectory open) {
        Path plain = open.keys().file(KeyForm.PLAIN);
        put(files, plain, () -> {
            var _ = KeyFiles.in(open.path()).identity(PassphraseSource.none());
            return "an identity";
        });
        Path encrypted = open.keys().file(KeyForm.ENCRYPTED);
        put(files, encrypted, () -> Files.size(encrypted) + " bytes, encrypted and not looked into");
        put(files, open.path().resolve(KeyFiles.DELEGATION_FILE), () -> {
            var _ = open.delegation();
            return "a delegation proof";
        });
    }

    /** Names what was renamed because it was damaged. */
    private static void putSetAside(SequencedMap<String, State> files, Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            all.filter(file -> file.getFileName().toString().endsWith(".damaged"))
                    .sorted()
                    .forEach(file -> files.put(
                            file.getFileName().toString(),
                            new State("set aside; nothing uses it, so move it away once it is of no use", true)));
        }
    }

    private static void put(SequencedMap<String, State> files, Path file, Reading reading) {
        files.put(file.getFileName().toString(), Files.exists(file) ? state(reading) : new State("none", true));
    }

    private static State state(Reading reading) {
        try {
            return new State(reading.read(), true);
        } catch (DamagedFileException e) {
            return new State("damaged: " + e.getMessage() + "; the node sets it aside when it starts", false);
        } catch (DamagedEntriesException e) {
            return new State("damaged: " + e.getMessage(), false);
        } catch (IOException e) {
            return new State("cannot be read: " + OwnerOnlyFile.reason(e), false);
        }
    }
}
