package io.a2al.bench.local;

import io.a2al.bench.load.CpuTime;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A node in a separate process on this machine, with a temporary directory that {@link #close} deletes. Not
 * thread-safe.
 */
final class NodeProcess implements AutoCloseable {

    /** Maximum time that a node has to start, and to stop. */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final String DATA = "node";

    private static final Path TASKSET = Path.of("/usr/bin/taskset");

    private final Path directory;
    private final Process process;
    private final InetSocketAddress address;
    private final Duration startup;

    private NodeProcess(Path directory, Process process, InetSocketAddress address, Duration startup) {
        this.directory = directory;
        this.process = process;
        this.address = address;
        this.startup = startup;
    }

    /** Returns true if this system can restrict a process to some cores. */
    static boolean canPin() {
        return Files.isExecutable(TASKSET);
    }

    /**
     * Starts a node and waits until it answers.
     *
     * @param cores number of cores on which it may run, the last ones of the machine; 0 for all of them. Ignored where
     *     {@link #canPin} is false
     * @throws IOException if it does not answer within 30 s; the message contains the last line of its output. Also if
     *     the thread is interrupted
     */
    static NodeProcess start(Launch launch, int cores) throws IOException {
        return startIn(newDirectory(), launch, cores);
    }

    /** Returns a new temporary directory. */
    static Path newDirectory() throws IOException {
        return Files.createTempDirectory("a2al-bench");
    }

    /** The same in a directory that exists, such as that of a node which was killed. */
    static NodeProcess startIn(Path directory, Launch launch, int cores) throws IOException {
        try {
            PingProbe probe = new PingProbe();
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), freePort());
            Path log = directory.resolve("output");
            List<String> command = new ArrayList<>(pinning(cores));
            command.addAll(launch.command(address.getPort(), directory.resolve(DATA)));
            long start = System.nanoTime();
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            boolean answers;
            try {
                answers =
                        probe.await(address, () -> !process.isAlive() || System.nanoTime() - start > TIMEOUT.toNanos());
            } catch (IOException e) {
                process.destroyForcibly().onExit().join();
                throw e;
            }
            NodeProcess node =
                    new NodeProcess(directory, process, address, Duration.ofNanos(System.nanoTime() - start));
            if (!answers) {
                String lastOutput = lastLine(log);
                node.close();
                throw new IOException("the node did not start; its last output: " + lastOutput);
            }
            return node;
        } catch (IOException e) {
            delete(directory);
            throw e;
        }
    }

    private static List<String> pinning(int cores) {
        int all = Runtime.getRuntime().availableProcessors();
        return cores > 0 && cores < all && canPin()
                ? List.of(TASKSET.toString(), "-c", all - cores + "-" + (all - 1))
                : List.of();
    }

    /** Returns a free UDP port. Another process may take it before the node does; then the node does not start. */
    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            return socket.getLocalPort();
        }
    }

    private static String lastLine(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return lines.isEmpty() ? "none" : lines.getLast();
    }

    InetSocketAddress address() {
        return address;
    }

    /** Returns the node's data directory. */
    Path files() {
        return directory.resolve(DATA);
    }

    /** Returns the processor time of the process until now, if the operating system reports it. */
    Optional<Duration> cpu() {
        return CpuTime.of(OptionalLong.of(process.pid())).read();
    }

    long pid() {
        return process.pid();
    }

    /** Returns the time from before the start of the process to the first answer. */
    Duration startup() {
        return startup;
    }

    /** Returns true if the process has not ended. */
    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends the process at once, as a crash does (SIGKILL), and waits for its end. Its directory is left. */
    void kill() throws InterruptedException {
        destroy();
        process.waitFor();
    }

    /** The same without waiting. */
    void destroy() {
        process.destroyForcibly();
    }

    /** Stops the node in an orderly way, so that it can write its files, and deletes its directory. */
    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        delete(directory);
    }

    /** Deletes a directory with all that is in it, if it exists. */
    static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            List<Path> paths;
            try (Stream<Path> walk = Files.walk(directory)) {
                paths = walk.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : paths) {
                Files.deleteIfExists(path);
            }
        }
    }
}
