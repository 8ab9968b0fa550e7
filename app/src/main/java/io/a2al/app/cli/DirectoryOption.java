package io.a2al.app.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The data directory of a node that a command asks, or whose files it reads. */
public final class DirectoryOption {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The node's data directory. Default: $A2AL_HOME, or else ~/.a2al.")
    private Optional<Path> directory = Optional.empty();

    /** Returns the directory that was given. */
    public Optional<Path> given() {
        return directory;
    }

    /** Returns the given directory, or else the default one. */
    public Path orDefault() throws CommandException {
        return directory.isPresent() ? directory.get() : DataOption.defaultDirectory();
    }
}
