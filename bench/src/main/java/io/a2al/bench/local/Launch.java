package io.a2al.bench.local;

import java.nio.file.Path;
import java.util.List;

/** Determines how a node is started as a separate process. */
@FunctionalInterface
public interface Launch {

    /**
     * Returns the command that runs a node on the given UDP port of the loopback interface, with its files in a
     * directory.
     */
    List<String> command(int port, Path directory);
}
