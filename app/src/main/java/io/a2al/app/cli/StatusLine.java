package io.a2al.app.cli;

import java.io.PrintWriter;
import java.util.Optional;

/**
 * The last line of the terminal, which is renewed in place. Everything else that is written to the terminal, log lines
 * too, goes around it: the line is taken away, the other one written, and the line shown again. A process has one
 * terminal, so this has one state. Thread-safe.
 */
public final class StatusLine {

    /** Longest text: a terminal of 80 columns would break a longer line, and could not take it away again. */
    private static final int COLUMNS = 79;

    private static final String BEGIN = "\r";
    private static final String CLEAR_TO_END = "\u001b[K";

    private static Optional<Shown> shown = Optional.empty();

    private record Shown(PrintWriter out, String text) {

        void draw(String drawn) {
            out.print(BEGIN + drawn + CLEAR_TO_END);
            out.flush();
        }
    }

    private StatusLine() {}

    /** Shows a text in place of the one before, as much of it as fits; an empty text takes the line away. */
    static synchronized void show(PrintWriter out, String text) {
        Shown next = new Shown(out, text.length() > COLUMNS ? text.substring(0, COLUMNS) : text);
        next.draw(next.text());
        shown = text.isEmpty() ? Optional.empty() : Optional.of(next);
    }

    /** Writes something else to the terminal, which must end with the end of a line. */
    static synchronized void around(Runnable writing) {
        shown.ifPresent(line -> line.draw(""));
        writing.run();
        shown.ifPresent(line -> line.draw(line.text()));
    }
}
