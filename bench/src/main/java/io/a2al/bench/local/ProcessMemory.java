package io.a2al.bench.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Determines the memory that another process uses. Stateless and thread-safe. */
final class ProcessMemory {

    private static final long KIBI = 1024;

    /** Maximum time that a process has to answer; the garbage collection of a large heap takes some seconds. */
    private static final long TIMEOUT_SECONDS = 30;

    private ProcessMemory() {}

    /**
     * Returns the size in bytes of the reachable objects in a Java process, which collects garbage to determine it.
     * Empty if this Java platform has no {@code jcmd}, the process is not a Java process, or it does not answer.
     */
    static Optional<Long> heap(long pid) throws IOException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process process;
        try {
            process = new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.class_histogram")
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException notThere) {
            return Optional.empty();
        }
        process.onExit()
                .orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .exceptionally(tooLate -> process.destroyForcibly());
        try (BufferedReader output = process.inputReader()) {
            return numberAfter("Total", 2, output.lines());
        }
    }

    /**
     * Returns the resident memory of a process in bytes; empty if it does not exist, and on systems other than Linux.
     */
    static Optional<Long> resident(long pid) {
        try (Stream<String> status = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return numberAfter("VmRSS:", 1, status).map(kibibytes -> kibibytes * KIBI);
        } catch (IOException notAvailable) {
            return Optional.empty();
        }
    }

    /**
     * Returns the word at index {@code place} (from 0) in the last line whose first word is {@code label} and in which
     * that word is a number.
     */
    static Optional<Long> numberAfter(String label, int place, Stream<String> lines) {
        return lines.map(line -> line.strip().split("\\s+"))
                .filter(words -> words.length > place && words[0].equals(label) && words[place].matches("\\d{1,18}"))
                .map(words -> Long.parseLong(words[place]))
                .reduce((earlier, later) -> later);
    }
}
