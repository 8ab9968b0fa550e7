package io.a2al.app.cli;

import java.io.Console;
import java.util.Locale;

/** Progress bars and estimates at a terminal. Stateless. */
public final class ProgressBar {

    /** In characters; leaves room for what is said beside it in 80 columns. */
    private static final int WIDTH = 12;

    private static final int PERCENT = 100;

    private ProgressBar() {}

    /**
     * Returns whether the output is text at a terminal. Whether there is a console without a terminal depends on the
     * JDK and its settings.
     */
    @SuppressWarnings("SystemConsoleNull")
    public static boolean isWatched(Output output) {
        if (output.isJson()) {
            return false;
        }
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    /** A bar and a percentage, for a share of 0 to 1. */
    public static String of(double share) {
        int full = (int) (share * WIDTH);
        return String.format(
                Locale.ROOT, "[%s%s] %3d %%", "#".repeat(full), ".".repeat(WIDTH - full), (int) (share * PERCENT));
    }

    /** Returns the estimated seconds left at the present rate; empty while nothing is done. */
    public static String left(double share, double seconds) {
        return share > 0 ? Texts.seconds(Math.round(seconds / share - seconds)) + " left" : "";
    }
}
