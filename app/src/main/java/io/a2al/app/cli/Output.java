package io.a2al.app.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.regex.Pattern;

/** Where a command writes to: results to standard output, as text or as JSON, and everything else to standard error. */
public final class Output {

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean json;
    private boolean printed;

    public Output(PrintWriter out, PrintWriter err, boolean json) {
        this.out = out;
        this.err = err;
        this.json = json;
    }

    /**
     * Reports the failure of the command: as JSON, an object with the members {@code error} and {@code exit_code}
     * beside those that the failure has, unless the command has printed its result. The line on standard error is not
     * this method's.
     */
    public void fail(String message, CommandException failure) {
        if (json && !printed) {
            ObjectNode object = Json.object().put("error", message).put("exit_code", failure.exitCode());
            json(object.setAll(failure.details()));
        }
    }

    /** Returns whether something could not be written to standard output: the disk is full, or the reader has gone. */
    public boolean hasFailed() {
        return out.checkError();
    }

    /** Returns whether something is missing in standard output; a reader that did not want more misses nothing. */
    public boolean isLost() {
        return StandardOutput.isLost(out);
    }

    /** Returns whether the output is JSON. */
    public boolean isJson() {
        return json;
    }

    /** Writes a JSON object on one line. */
    public void json(ObjectNode object) {
        printed = true;
        line(object.toString());
    }

    /** Writes a line of text. */
    public void line(String text) {
        StatusLine.around(() -> {
            out.println(text);
            out.flush();
        });
    }

    /** Prints a line with a label; the value may come from an untrusted peer. */
    public void line(String label, Object value) {
        line(label + "  " + printable(value.toString()));
    }

    /** Returns a text with its control characters escaped, because untrusted peers choose names and URLs. */
    public static String printable(String text) {
        return STEERING.matcher(text)
                .replaceAll(
                        match -> String.format("\\\\u%04x", (int) match.group().charAt(0)));
    }

    /** Characters that control a terminal or change the writing direction. */
    private static final Pattern STEERING = Pattern.compile("[\\p{Cc}\\u202a-\\u202e\\u2066-\\u2069]");

    /** Overwrites the line that the last call wrote, at a terminal; other lines go around it. */
    public void overwrite(String text) {
        StatusLine.show(out, text);
    }

    /** Writes a line to standard error. */
    public void warn(String text) {
        StatusLine.around(() -> {
            err.println(text);
            err.flush();
        });
    }
}
