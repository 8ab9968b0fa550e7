package io.a2al.app.cli;

import io.a2al.dht.files.DataDirectory;
import io.a2al.dht.files.KeyFileException;
import io.a2al.protocol.crypto.Identity;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The directory in which a node's identity is kept, and how to open it. */
public final class DataOption {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where the node's identity is kept; one directory serves one node at a time.")
    public Optional<Path> directory = Optional.empty();

    @Mixin
    private PassphraseOptions passphrases = new PassphraseOptions();

    /** The directory given, or else {@code $A2AL_HOME}, or else {@code ~/.a2al}. */
    public Path orDefault() {
        return directory.orElseGet(DataOption::defaultDirectory);
    }

    /** {@code $A2AL_HOME}, or else {@code ~/.a2al}. */
    public static Path defaultDirectory() {
        return Optional.ofNullable(System.getenv("A2AL_HOME"))
                .filter(home -> !home.isEmpty())
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home", "."), ".a2al"));
    }

    /** The identity in the open directory; made, and kept in plain form, if there is none. */
    public Identity identity(DataDirectory open) throws KeyFileException {
        return open.identity(new SecureRandom(), passphrases.existing());
    }

    /** Where passphrases for it come from. */
    public PassphraseOptions passphrases() {
        return passphrases;
    }
}
