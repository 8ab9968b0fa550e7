package io.a2al.http.registry;

import io.a2al.dht.files.DamagedFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What is in a file of agents, as far as it can be read without the identity that encrypted their keys. Immutable;
 * thread-safe.
 *
 * @param agents entries that have the form of an agent; whether their keys can be opened is not known
 * @param damaged addresses of the other entries, and of those that could not be read at an earlier start
 */
public record AgentFileReport(int agents, List<String> damaged) {

    /** Copies the list. */
    public AgentFileReport {
        damaged = List.copyOf(damaged);
    }

    /**
     * Reads a file; nothing if it does not exist.
     *
     * @throws DamagedFileException if it is not of this form at all
     * @throws IOException if it cannot be read, or is of a newer program
     */
    public static AgentFileReport of(Path agents) throws IOException {
        return AgentFile.check(agents);
    }
}
