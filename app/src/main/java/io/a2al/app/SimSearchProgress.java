package io.a2al.app;

import io.a2al.sim.search.Failure;
import io.a2al.sim.search.SearchProgress;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Shows people at a terminal how far a search is: runs, those that failed, and how long it may still take. */
final class SimSearchProgress implements SearchProgress {

    private static final double NANOS_PER_SECOND = 1e9;

    private final Output output;
    private final boolean shown;
    private final LongSupplier clock;
    private final long began;

    SimSearchProgress(Output output) {
        this(output, ProgressBar.isWatched(output), System::nanoTime);
    }

    /** By this clock, which tells nanoseconds. */
    SimSearchProgress(Output output, boolean shown, LongSupplier clock) {
        this.output = output;
        this.shown = shown;
        this.clock = clock;
        this.began = clock.getAsLong();
        if (shown) {
            output.overwrite(ProgressBar.of(0));
        }
    }

    @Override
    public void onRun(long done, long total, int failed) {
        if (!shown) {
            return;
        }
        double share = (double) done / total;
        output.overwrite(String.format(
                Locale.ROOT,
                "%s  %,d of %,d runs, %,d failed  %s",
                ProgressBar.of(share),
                done,
                total,
                failed,
                ProgressBar.left(share, (clock.getAsLong() - began) / NANOS_PER_SECOND)));
    }

    @Override
    public void onShrinking(Failure failure) {
        if (shown) {
            output.overwrite("making seed " + failure.options().seed() + " smaller, which fails check "
                    + failure.violation().check() + " ...");
        }
    }

    /** Clears the line. */
    void end() {
        if (shown) {
            output.overwrite("");
        }
    }
}
