package io.a2al.app;

import java.io.Writer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** What a command writes while it is running, line by line. */
public final class LineQueue extends Writer {

    private static final long PATIENCE_SECONDS = 60;

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final StringBuilder unfinished = new StringBuilder();

    /** The next line; waits for it. */
    public String next() throws InterruptedException {
        return awaitLine(line -> true);
    }

    /** The next line like that; lines before it are lost. */
    public String awaitLine(Predicate<String> wanted) throws InterruptedException {
        while (true) {
            String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (line == null) {
                throw new AssertionError("nothing came for " + PATIENCE_SECONDS + " s");
            }
            if (wanted.test(line)) {
                return line;
            }
        }
    }

    /** The lines that were not taken yet. */
    public List<String> all() {
        return List.copyOf(lines);
    }

    @Override
    public void write(char[] characters, int from, int length) {
        synchronized (lines) {
            for (int i = from; i < from + length; i++) {
                if (characters[i] == '\n') {
                    lines.add(unfinished.toString());
                    unfinished.setLength(0);
                } else {
                    unfinished.append(characters[i]);
                }
            }
        }
    }

    @Override
    public void flush() {
        // Complete lines are handed over at once.
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
