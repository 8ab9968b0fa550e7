package io.a2al.app;

import io.a2al.dht.peers.TxtResolver;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A command that runs until it is stopped, in a thread of its own. */
public final class RunningCommand implements AutoCloseable {

    private final LineQueue out = new LineQueue();
    private final LineQueue err = new LineQueue();
    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    private final Thread thread;

    private RunningCommand(Map<String, String> environment, TxtResolver dns, String... args) {
        thread = Thread.ofPlatform()
                .name("command-" + args[0])
                .start(() -> exitCode.complete(Cli.inside(
                        environment,
                        dns,
                        () -> Main.commandLine(InputStream.nullInputStream(), args)
                                .setOut(new PrintWriter(out))
                                .setErr(new PrintWriter(err))
                                .execute(args))));
    }

    public static RunningCommand start(String... args) {
        return startIn(Cli.NOWHERE, Cli.NO_DNS, args);
    }

    /** Runs a command in this environment, with an answer to questions for TXT records. */
    public static RunningCommand startIn(Map<String, String> environment, TxtResolver dns, String... args) {
        return new RunningCommand(environment, dns, args);
    }

    public LineQueue out() {
        return out;
    }

    public LineQueue err() {
        return err;
    }

    /** The value of the next line with this label. */
    public String awaitValue(String label) throws InterruptedException {
        return out.awaitLine(line -> line.startsWith(label + "  ")).substring(label.length() + 2);
    }

    /** Stops the command as a signal does, and waits for its end. */
    public int stop() {
        thread.interrupt();
        return exitCode.orTimeout(60, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        stop();
    }
}
