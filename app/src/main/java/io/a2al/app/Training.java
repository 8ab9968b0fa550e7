package io.a2al.app;

import io.a2al.app.cli.Environment;
import io.a2al.app.cli.StandardOutput;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Runs a node and the commands that use it in one process, once for each build: the launcher has the JVM write
 * down which classes that takes, so that later starts find them loaded and linked. Not for users.
 */
public final class Training {

    private static final String ADDRESS = "A056475aa75463474C0285df5Dbf2bcAB73Da65135";

    /**
     * What people and scripts run most, by the running node; the last one, in another directory, by a node of its own.
     */
    private static final List<String> COMMANDS = List.of(
            "status",
            "publish --endpoint https://agent.example/a2a --topic ai/demo --name Babel --tag de",
            "resolve " + ADDRESS,
            "discover ai/demo",
            "mail send " + ADDRESS + " --text hello",
            "mail read",
            "publications list",
            "peers --json",
            "discover ai/demo --data ");

    private static final int TRIES = 600;
    private static final long BETWEEN_TRIES_MS = 50;

    private Training() {}

    /** Runs it in the data directory that is named, which is to be empty. */
    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        CountDownLatch stopped = new CountDownLatch(1);
        Thread node = Thread.ofPlatform().start(() -> {
            run("node", "--listen", "127.0.0.1:0", "--api", "127.0.0.1:0", "--data", directory.toString());
            stopped.countDown();
        });
        for (int i = 0; i < TRIES && !Files.exists(directory.resolve("api")); i++) {
            Thread.sleep(BETWEEN_TRIES_MS);
        }
        boolean served = Environment.with(Map.of("A2AL_HOME", directory.toString()), () -> {
            for (String command : COMMANDS) {
                run((command.endsWith(" ") ? command + directory.resolve("other") : command).split(" "));
            }
            return Files.exists(directory.resolve("api"));
        });
        node.interrupt();
        boolean ended = stopped.await(TRIES * BETWEEN_TRIES_MS, TimeUnit.MILLISECONDS);
        System.exit(served && ended ? 0 : 1);
    }

    private static void run(String... command) {
        var _ = Main.commandLine(InputStream.nullInputStream(), command)
                .setOut(StandardOutput.ofProcess())
                .execute(command);
    }
}
