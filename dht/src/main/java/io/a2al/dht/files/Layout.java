package io.a2al.dht.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Which files a data directory has, as the number in its file {@code layout}. Layout 1, without that file: contacts are
 * in {@code peers.json}. Layout 2: they are in {@code contacts}. The file is moved, as both forms can be read there, so
 * that a crash before or after it loses nothing. Records are current in the archive {@code records}; an earlier form of
 * that file is told by its content, whatever the layout, and taken over when a node starts. Stateless and thread-safe.
 */
final class Layout {

    /** The layout of directories that this program writes. */
    static final int CURRENT = 2;

    static final String FILE = "layout";
    static final String CONTACTS_FILE = "contacts";

    private static final String FORMER_CONTACTS_FILE = "peers.json";

    private Layout() {}

    /**
     * Brings a directory to the current layout, as far as it can be written; the lock is held.
     *
     * @throws DataDirectoryException if its layout is of a later program, or cannot be read
     */
    static void adopt(Path directory) throws DataDirectoryException {
        int found = read(directory);
        if (found > CURRENT) {
            throw new DataDirectoryException("data directory " + directory + " has layout " + found
                    + ", and this program knows none after " + CURRENT
                    + "; use the program that wrote it or a later one, or choose another directory");
        }
        try {
            moveContacts(directory);
            if (found < CURRENT) {
                OwnerOnlyFile.replace(directory.resolve(FILE), (CURRENT + "\n").getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException unwritable) {
            // The files are found where they are, and the next start tries again.
        }
    }

    /** Also of a current directory, where an earlier program wrote them since. */
    private static void moveContacts(Path directory) throws IOException {
        Path contacts = directory.resolve(CONTACTS_FILE);
        Path former = directory.resolve(FORMER_CONTACTS_FILE);
        if (Files.exists(former) && !Files.exists(contacts)) {
            Files.move(former, contacts, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Returns the file of contacts; the former one if it could not be moved. */
    static Path contactsFile(Path directory) {
        Path contacts = directory.resolve(CONTACTS_FILE);
        Path former = directory.resolve(FORMER_CONTACTS_FILE);
        return Files.exists(former) && !Files.exists(contacts) ? former : contacts;
    }

    /** Returns the number in the file, 1 if there is none; a damaged file is set aside and counts as none. */
    static int read(Path directory) throws DataDirectoryException {
        Path file = directory.resolve(FILE);
        try {
            return Integer.parseInt(new String(OwnerOnlyFile.read(file), StandardCharsets.US_ASCII).strip());
        } catch (NoSuchFileException former) {
            return 1;
        } catch (NumberFormatException damaged) {
            setAside(file);
            return 1;
        } catch (IOException e) {
            throw new DataDirectoryException(
                    "data directory " + directory + " cannot be used, as its file " + FILE + " cannot be read: "
                            + OwnerOnlyFile.reason(e) + "; give the node's user access to it",
                    e);
        }
    }

    private static void setAside(Path file) {
        try {
            var _ = OwnerOnlyFile.setAside(file);
        } catch (IOException unwritable) {
            // Nor can a new one be written, then.
        }
    }
}
