package io.a2al.app;

import io.a2al.sim.Progress;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Shows people at a terminal how far a simulation is: virtual time, speed, and how long it may still take. */
final class SimProgress implements Progress {

    private static final double NANOS_PER_SECOND = 1e9;

    private final Output output;
    private final boolean shown;
    private final LongSupplier clock;
    private final long began;

    SimProgress(Output output) {
        this(output, ProgressBar.isWatched(output), System::nanoTime);
    }

    /** By this clock, which tells nanoseconds. */
    SimProgress(Output output, boolean shown, LongSupplier clock) {
        this.output = output;
        this.shown = shown;
        this.clock = clock;
        this.began = clock.getAsLong();
        if (shown) {
            output.overwrite(ProgressBar.of(0));
        }
    }

    @Override
    public void onProgress(Duration done, Duration total, long events) {
        if (!shown) {
            return;
        }
        double wall = Math.max(clock.getAsLong() - began, 1) / NANOS_PER_SECOND;
        double share = (double) done.toNanos() / total.toNanos();
        output.overwrite(String.format(
                Locale.ROOT,
                "%s  virtual time %s  %,.0f times as fast  %,.0f events/s  %s",
                ProgressBar.of(share),
                Texts.seconds(done.toSeconds()),
                done.toNanos() / NANOS_PER_SECOND / wall,
                events / wall,
                ProgressBar.left(share, wall)));
    }

    /** Clears the line. */
    void end() {
        if (shown) {
            output.overwrite("");
        }
    }
}
