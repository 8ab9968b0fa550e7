package io.a2al.app.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.regex.Pattern;

/** Where a command writes to: results to standard output, as text or as JSON, and everything else to standard error. */
public final class Output {

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean json;

    public Output(PrintWriter out, PrintWriter err, boolean json) {
        this.out = out;
        this.err = err;
        this.json = json;
    }

    /** True if standard output is for a program to read. */
    public boolean isJson() {
        return json;
    }

    /** One JSON object on one line. */
    public void json(ObjectNode object) {
        out.println(object.toString());
        out.flush();
    }

    /** One line of text. */
    public void line(String text) {
        out.println(text);
        out.flush();
    }

    /** A line with a label; the value may be a stranger's. */
    public void line(String label, Object value) {
        line(label + "  " + printable(value.toString()));
    }

    /** Strangers choose names and URLs, and shall not be able to steer the terminal with them. */
    public static String printable(String text) {
        return STEERING.matcher(text)
                .replaceAll(
                        match -> String.format("\\\\u%04x", (int) match.group().charAt(0)));
    }

    /** Control characters, and those that change the direction of writing. */
    private static final Pattern STEERING = Pattern.compile("[\\p{Cc}\\u202a-\\u202e\\u2066-\\u2069]");

    /** Writes over what the last call wrote, for people who watch; the line does not end. */
    public void overwrite(String text) {
        out.print("\r" + text + CLEAR_TO_END);
        out.flush();
    }

    private static final String CLEAR_TO_END = "\u001b[K";

    /** A line on standard error. */
    public void warn(String text) {
        err.println(text);
        err.flush();
    }
}
