package io.a2al.app;

import java.util.function.LongSupplier;

/** A line that is written over and over while something long goes on, if somebody watches at a terminal. */
final class WatchedLine {

    private static final double NANOS_PER_SECOND = 1e9;

    private final Output output;
    private final boolean shown;
    private final LongSupplier clock;
    private final long began;

    WatchedLine(Output output) {
        this(output, ProgressBar.isWatched(output), System::nanoTime);
    }

    /** By this clock, which tells nanoseconds. */
    WatchedLine(Output output, boolean shown, LongSupplier clock) {
        this.output = output;
        this.shown = shown;
        this.clock = clock;
        this.began = clock.getAsLong();
        show(ProgressBar.of(0));
    }

    boolean isShown() {
        return shown;
    }

    /** Since it was begun; never 0. */
    double seconds() {
        return Math.max(clock.getAsLong() - began, 1) / NANOS_PER_SECOND;
    }

    void show(String text) {
        if (shown) {
            output.overwrite(text);
        }
    }

    void clear() {
        show("");
    }
}
