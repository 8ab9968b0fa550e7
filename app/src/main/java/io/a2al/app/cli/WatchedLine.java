package io.a2al.app.cli;

import java.util.function.LongSupplier;

/** A progress line that is rewritten in place while a long command runs, at a terminal only. */
public final class WatchedLine {

    private static final double NANOS_PER_SECOND = 1e9;

    private final Output output;
    private final boolean shown;
    private final LongSupplier clock;
    private final long began;

    public WatchedLine(Output output) {
        this(output, ProgressBar.isWatched(output), System::nanoTime);
    }

    /** Measures by this clock, in nanoseconds. */
    public WatchedLine(Output output, boolean shown, LongSupplier clock) {
        this.output = output;
        this.shown = shown;
        this.clock = clock;
        this.began = clock.getAsLong();
        show(ProgressBar.of(0));
    }

    public boolean isShown() {
        return shown;
    }

    /** Since it was begun; never 0. */
    public double seconds() {
        return Math.max(clock.getAsLong() - began, 1) / NANOS_PER_SECOND;
    }

    public void show(String text) {
        if (shown) {
            output.overwrite(text);
        }
    }

    public void clear() {
        show("");
    }
}
