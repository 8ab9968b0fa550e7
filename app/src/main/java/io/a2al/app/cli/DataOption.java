package io.a2al.app.cli;

import io.a2al.dht.files.DataDirectory;
import io.a2al.dht.files.KeyFileException;
import io.a2al.protocol.crypto.Identity;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The data directory of a node's identity, and how to open it. */
public final class DataOption {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where the node's identity is kept; one directory serves one node at a time.")
    public Optional<Path> directory = Optional.empty();

    @Mixin
    private PassphraseOptions passphrases = new PassphraseOptions();

    /** Returns the given directory, or else {@code $A2AL_HOME}, or else {@code $HOME/.a2al}. */
    public Path orDefault() throws CommandException {
        return directory.isPresent() ? directory.get() : defaultDirectory();
    }

    /** {@code $A2AL_HOME}, or else {@code .a2al} in the home directory. */
    public static Path defaultDirectory() throws CommandException {
        return defaultDirectory(Environment.variables(), System.getProperty("user.home", ""));
    }

    /**
     * The default directory in this environment.
     *
     * @param userHome the home directory by the list of users, as the JVM tells it; {@code ?} for a user that is not
     *     listed
     * @throws CommandException if there is no home directory
     */
    static Path defaultDirectory(Map<String, String> environment, String userHome) throws CommandException {
        String own = environment.getOrDefault("A2AL_HOME", "");
        if (!own.isEmpty()) {
            return Path.of(own);
        }
        String home = environment.getOrDefault("HOME", "");
        if (home.isEmpty()) {
            home = userHome;
        }
        if (home.isEmpty() || home.equals("?")) {
            throw CommandException.wrongUse(
                    "no home directory for this user; name a directory with --data, or set A2AL_HOME");
        }
        return Path.of(home, ".a2al");
    }

    /** Returns the identity in the open directory. If there is none, makes one and keeps it in plain form. */
    public Identity identity(DataDirectory open) throws KeyFileException {
        return open.identity(new SecureRandom(), passphrases.existing());
    }

    /** Returns the source of passphrases for it. */
    public PassphraseOptions passphrases() {
        return passphrases;
    }
}
