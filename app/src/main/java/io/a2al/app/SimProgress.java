package io.a2al.app;

import io.a2al.sim.Progress;
import java.io.Console;
import java.time.Duration;
import java.util.Locale;

/** Shows people at a terminal how far a simulation is: virtual time, speed, and how long it may still take. */
final class SimProgress implements Progress {

    private static final int BAR = 30;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Output output;
    private final boolean shown;
    private final long began = System.nanoTime();

    SimProgress(Output output) {
        this.output = output;
        this.shown = !output.isJson() && isWatched();
    }

    /** Whether there is a console without a terminal depends on the JDK and its settings. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isWatched() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    @Override
    public void onProgress(Duration done, Duration total, long events) {
        if (!shown) {
            return;
        }
        double wall = (System.nanoTime() - began) / NANOS_PER_SECOND;
        double share = (double) done.toNanos() / total.toNanos();
        double left = wall / share - wall;
        int full = (int) (share * BAR);
        output.overwrite(String.format(
                Locale.ROOT,
                "[%s%s] %3.0f %%  virtual time %s  %.0f times as fast  %,.0f events/s  %s left",
                "#".repeat(full),
                ".".repeat(BAR - full),
                share * 100,
                Texts.seconds(done.toSeconds()),
                done.toNanos() / NANOS_PER_SECOND / wall,
                events / wall,
                Texts.seconds(Math.round(left))));
    }

    /** Clears the line. */
    void end() {
        if (shown) {
            output.overwrite("");
        }
    }
}
