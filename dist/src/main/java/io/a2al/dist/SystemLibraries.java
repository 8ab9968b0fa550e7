package io.a2al.dist;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The C library of this machine, as far as native programs and libraries need it: a container has none of its own. For
 * Linux.
 */
final class SystemLibraries {

    /** {@code libm.so.6 => /lib/x86_64-linux-gnu/libm.so.6 (0x00…)}, or the loader alone. */
    private static final Pattern NEEDED = Pattern.compile("\\s(?:\\S+ => )?(/\\S+) \\(0x[0-9a-f]+\\)");

    /** What the C library itself loads to resolve names, if it is one that has these in files of their own. */
    private static final List<String> FOR_NAMES = List.of("libnss_dns.so.2", "libnss_files.so.2", "libresolv.so.2");

    private SystemLibraries() {}

    /** Returns files of this machine by their names without the slash in front, outside of {@code folder}. */
    static Map<String, Path> neededBy(Path folder) throws IOException, InterruptedException {
        Map<String, Path> found = new TreeMap<>();
        for (Path file : Trees.files(folder)) {
            if (Files.isRegularFile(file) && isNative(file)) {
                for (String library : parse(linkage(file))) {
                    if (!library.startsWith(folder + "/")) {
                        add(found, Path.of(library));
                    }
                }
            }
        }
        return found;
    }

    private static void add(Map<String, Path> found, Path library) throws IOException {
        found.put(library.toString().substring(1), library.toRealPath());
        for (String name : FOR_NAMES) {
            Path beside = library.resolveSibling(name);
            if (library.getFileName().toString().startsWith("libc.") && Files.exists(beside)) {
                found.put(beside.toString().substring(1), beside.toRealPath());
            }
        }
    }

    private static boolean isNative(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(4), StandardCharsets.ISO_8859_1).equals("\u007fELF");
        }
    }

    private static String linkage(Path file) throws IOException, InterruptedException {
        Process ldd = new ProcessBuilder("ldd", file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String text = new String(ldd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        ldd.waitFor();
        return text;
    }

    /** Returns the paths of the libraries in what {@code ldd} writes about a file. */
    static List<String> parse(String linkage) {
        List<String> libraries = new ArrayList<>();
        for (Matcher needed = NEEDED.matcher(linkage); needed.find(); ) {
            libraries.add(needed.group(1));
        }
        return libraries;
    }
}
