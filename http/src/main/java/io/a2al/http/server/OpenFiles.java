package io.a2al.http.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Shares the files that the system lets this process open between connections and everything else. Without that, many
 * connections would keep the node from writing its own files. Stateless and thread-safe.
 */
final class OpenFiles {

    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final Pattern LINE = Pattern.compile("(?m)^Max open files\\s+(\\d{1,9})\\s");

    /** What a node has open without connections: libraries, sockets, its own files. Measured: 51. */
    private static final int OWN = 56;

    /** With fewer, the interface would be of no use. */
    private static final int LEAST = 8;

    private OpenFiles() {}

    /** Returns how many connections there may be, at most {@code wanted}. */
    static int connections(int wanted) {
        try {
            return connections(wanted, Files.readString(LIMITS, StandardCharsets.US_ASCII));
        } catch (IOException unknownHere) {
            return wanted;
        }
    }

    /** Returns the same, by the text in which Linux tells the limits of a process. */
    static int connections(int wanted, String limits) {
        Matcher line = LINE.matcher(limits);
        return line.find() ? Math.min(wanted, Math.max(LEAST, (Integer.parseInt(line.group(1)) - OWN) / 2)) : wanted;
    }
}
