package io.a2al.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The folder that the program is run from: {@code bin} has scripts, {@code lib} the jars, the flags of the JVM,
 * the native library and the ahead-of-time cache, {@code share} what shells and manuals need.
 */
final class Image {

    /** What this makes in the folder; the launcher keeps its own files there, too. */
    private static final List<String> PARTS = List.of("bin", "lib", "share", "runtime");

    private final Path folder;
    private final Path template;
    private final Instant time;
    private final Report report;

    /**
     * Nothing is done yet.
     *
     * @param folder where it is to be, which is made if needed
     * @param template files that go into it as they are
     * @param time of all files, as the ahead-of-time cache knows jars by their times
     */
    Image(Path folder, Path template, Instant time, Report report) {
        this.folder = folder;
        this.template = template;
        this.time = time;
        this.report = report;
    }

    Path folder() {
        return folder;
    }

    Instant time() {
        return time;
    }

    /** Copies the program's files, in place of earlier ones. */
    void putTogether(Path jars, Checksums unsigned) throws IOException {
        for (String part : PARTS) {
            Trees.delete(folder.resolve(part));
        }
        Path lib = Files.createDirectories(folder.resolve("lib"));
        List<String> names = new ArrayList<>();
        for (Path jar : jarsIn(jars)) {
            String name = jar.getFileName().toString();
            names.add(name);
            add(jar, lib.resolve(name), unsigned);
        }
        if (names.isEmpty()) {
            throw new IllegalArgumentException("no jars in " + jars);
        }
        LaunchJar.write(lib.resolve("a2al.jar"), names, time);
        Trees.copy(template, folder);
        setTimes();
    }

    private static List<Path> jarsIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    private void add(Path jar, Path target, Checksums unsigned) throws IOException {
        if (!SignedJar.isSigned(jar)) {
            Files.copy(jar, target, StandardCopyOption.REPLACE_EXISTING);
        } else if (!unsigned.match(jar)) {
            report.say(jar.getFileName()
                    + " is not the file that dist/src/main/unsigned.sha256 names; it is used as it is");
            Files.copy(jar, target, StandardCopyOption.REPLACE_EXISTING);
        } else if (demandsSignatures()) {
            SignedJar.extractNative(jar, folder.resolve("lib/native"));
            Files.copy(jar, target, StandardCopyOption.REPLACE_EXISTING);
        } else {
            SignedJar.extractNative(jar, folder.resolve("lib/native"));
            SignedJar.unsign(jar, target, time);
        }
    }

    /** Only Oracle's JDK demands signatures, of security providers. */
    private static boolean demandsSignatures() throws IOException {
        Path release = Path.of(System.getProperty("java.home"), "release");
        if (!Files.exists(release)) {
            return false;
        }
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(release)) {
            properties.load(reader);
        }
        return properties.getProperty("IMPLEMENTOR", "").contains("Oracle");
    }

    private void setTimes() throws IOException {
        for (String part : PARTS) {
            if (Files.exists(folder.resolve(part))) {
                for (Path file : Trees.files(folder.resolve(part))) {
                    Files.setLastModifiedTime(file, FileTime.from(time));
                }
            }
        }
    }

    /**
     * Makes the cache and writes manual pages. Where either fails, the program runs without, and what failed is said.
     */
    void prepareFor(Path java) throws IOException, InterruptedException {
        if (System.getProperty("os.name", "").startsWith("Windows")) {
            return;
        }
        report.say("preparing a quick start ...");
        // Neither needs the other, and each keeps one processor busy.
        Process cache = start(java, "cache.log", "bin/a2al-cache");
        try {
            writePages(java);
            if (cache.waitFor() != 0) {
                report.say("no cache was made, so the program starts somewhat later; the reason is in "
                        + folder.resolve("cache.log"));
            }
        } finally {
            cache.destroy();
        }
        setTimes();
    }

    /** Writes manual pages and the script by which shells complete commands. */
    void document(Path java) throws IOException, InterruptedException {
        writePages(java);
        setTimes();
    }

    private void writePages(Path java) throws IOException, InterruptedException {
        Path pages = Files.createDirectories(folder.resolve("share/man/man1"));
        Path completion =
                Files.createDirectories(folder.resolve("share/completion")).resolve("a2al");
        if (run(java, "man.log", "bin/a2al", "help", "--man-pages", pages.toString()) != 0
                || run(java, folder.relativize(completion).toString(), "bin/a2al", "completion", "bash") != 0) {
            report.say("no manual pages were made; the reason is in " + folder.resolve("man.log"));
        }
    }

    private int run(Path java, String log, String script, String... args) throws IOException, InterruptedException {
        Process process = start(java, log, script, args);
        try {
            return process.waitFor();
        } finally {
            process.destroy();
        }
    }

    private Process start(Path java, String log, String script, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(folder.resolve(script).toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(log).toFile());
        builder.environment().put("A2AL_JAVA", java.toString());
        builder.environment().remove("A2AL_JAVA_OPTS");
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }
}
