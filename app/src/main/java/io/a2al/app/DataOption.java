package io.a2al.app;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The directory in which a node's identity is kept. */
final class DataOption {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where the node's identity is kept; one directory serves one node at a time.")
    Optional<Path> directory = Optional.empty();

    /** The directory given, or else {@code $A2AL_HOME}, or else {@code ~/.a2al}. */
    Path orDefault() {
        return directory
                .or(() -> Optional.ofNullable(System.getenv("A2AL_HOME"))
                        .filter(home -> !home.isEmpty())
                        .map(Path::of))
                .orElseGet(() -> Path.of(System.getProperty("user.home", "."), ".a2al"));
    }
}
