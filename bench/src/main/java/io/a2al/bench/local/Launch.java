package io.a2al.bench.local;

import java.nio.file.Path;
import java.util.List;

/** How a node is started as a process of its own. */
@FunctionalInterface
public interface Launch {

    /** The command that runs a node at this port of the loopback interface, with its files in this directory. */
    List<String> command(int port, Path directory);
}
