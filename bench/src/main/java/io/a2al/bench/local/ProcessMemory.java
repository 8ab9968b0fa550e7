package io.a2al.bench.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Asks how much memory another process has. Stateless and thread-safe. */
final class ProcessMemory {

    private static final long KIBI = 1024;

    /** A collection of a large heap takes some seconds; a process that does not answer is given up. */
    private static final long PATIENCE_SECONDS = 30;

    private ProcessMemory() {}

    /**
     * Bytes of the objects that are reachable in a Java process, which collects garbage to count them. Nothing if this
     * Java platform has no {@code jcmd}, or the process is not one of Java, or does not answer.
     */
    static Optional<Long> heap(long pid) throws IOException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        if (!Files.isExecutable(jcmd)) {
            return Optional.empty();
        }
        Process process = new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        process.onExit()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .exceptionally(tooLate -> process.destroyForcibly());
        try (BufferedReader output = process.inputReader()) {
            return numberAfter("Total", 2, output.lines());
        }
    }

    /** Bytes of memory that the system gave a process; nothing but on Linux. */
    static Optional<Long> resident(long pid) {
        try (Stream<String> status = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return numberAfter("VmRSS:", 1, status).map(kibibytes -> kibibytes * KIBI);
        } catch (IOException anotherSystem) {
            return Optional.empty();
        }
    }

    /**
     * The word at this place, the first being 0, of the last line that begins with {@code label}, if it is a number.
     */
    static Optional<Long> numberAfter(String label, int place, Stream<String> lines) {
        return lines.map(line -> line.strip().split("\\s+"))
                .filter(words -> words.length > place && words[0].equals(label) && words[place].matches("\\d{1,18}"))
                .map(words -> Long.parseLong(words[place]))
                .reduce((earlier, later) -> later);
    }
}
