package io.a2al.app.client;

import io.a2al.dht.files.DataDirectory;
import io.a2al.dht.peers.SavedContacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The contacts that a node saved in its data directory, which need not be open. Stateless. */
public final class Contacts {

    /** Their file in a {@link DataDirectory}. */
    private static final String FILE = "contacts";

    private Contacts() {}

    /**
     * Returns the saved contacts of a directory; empty if there are none. A file that cannot be read is of no use here,
     * and the node that owns it says so.
     */
    public static Optional<SavedContacts> in(Path directory) {
        SavedContacts saved = new SavedContacts(directory.resolve(FILE));
        try {
            return Files.exists(saved.path()) && !saved.read().contacts().isEmpty()
                    ? Optional.of(saved)
                    : Optional.empty();
        } catch (IOException unusable) {
            return Optional.empty();
        }
    }
}
