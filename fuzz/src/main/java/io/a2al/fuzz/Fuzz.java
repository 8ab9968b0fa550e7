package io.a2al.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Runs one fuzz target, or all, each in a process of its own. What it finds is written to {@code target/findings}; what
 * reaches new code to {@code target/corpus}, from which the next run goes on. Runs in the folder of this module.
 */
public final class Fuzz {

    /** The corpora in the repository; the name of each folder is that of a target. */
    private static final Path CORPORA = Path.of("..", "http", "src", "test", "corpus");

    /** Longest input, in bytes: more than a datagram, a frame header or a request in the docs needs. */
    private static final int MAX_INPUT = 4096;

    private Fuzz() {}

    /**
     * Runs targets until the first one that finds a broken rule.
     *
     * @param args the target, such as {@code decoder}, or {@code all}; the number of inputs for each; the limit of time
     *     for each, in seconds, 0 for none
     * @throws IOException if a process cannot be started
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        List<String> all = targets();
        if (args.length != 3 || !(args[0].equals("all") || all.contains(args[0]))) {
            System.err.println("usage: Fuzz TARGET RUNS SECONDS; TARGET is all, or one of " + String.join(", ", all));
            System.exit(2);
        }
        for (String target : args[0].equals("all") ? all : List.of(args[0])) {
            int code = run(target, Long.parseLong(args[1]), Long.parseLong(args[2]));
            if (code != 0) {
                System.err.println("fuzz: " + target + " ended with " + code + "; the input is in "
                        + Path.of("target", "findings").toAbsolutePath());
                System.exit(1);
            }
        }
    }

    private static List<String> targets() throws IOException {
        try (Stream<Path> folders = Files.list(CORPORA)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .sorted(Comparator.naturalOrder())
                    .toList();
        }
    }

    /** Returns the name of the class: {@code MailFrameTarget} for {@code mail-frame}. */
    private static String className(String target) {
        StringBuilder name = new StringBuilder("io.a2al.http.fuzz.");
        for (String word : target.split("-", -1)) {
            name.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
        }
        return name.append("Target").toString();
    }

    private static int run(String target, long runs, long seconds) throws IOException, InterruptedException {
        Path grown = Files.createDirectories(Path.of("target", "corpus", target));
        Path findings = Files.createDirectories(Path.of("target", "findings"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "--enable-native-access=ALL-UNNAMED",
                // Jazzer loads its agent into its own process.
                "-XX:+EnableDynamicAgentLoading",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + className(target),
                "--instrumentation_includes=io.a2al.**",
                // Its detectors are for SQL, JNDI, shells and the like, of which there is nothing here.
                "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.**",
                "--reproducer_path=" + findings,
                "-artifact_prefix=" + findings + "/" + target + "-",
                "-runs=" + runs,
                "-max_len=" + MAX_INPUT,
                "-print_final_stats=1"));
        if (seconds > 0) {
            command.add("-max_total_time=" + seconds);
        }
        command.add(grown.toString());
        command.add(CORPORA.resolve(target).toString());
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
