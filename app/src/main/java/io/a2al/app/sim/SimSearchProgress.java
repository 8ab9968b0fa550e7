package io.a2al.app.sim;

import io.a2al.app.cli.ProgressBar;
import io.a2al.app.cli.WatchedLine;
import io.a2al.sim.search.Failure;
import io.a2al.sim.search.SearchProgress;
import java.util.Locale;

/** Shows the progress of a search at a terminal: runs, failed runs, and the estimated time left. */
final class SimSearchProgress implements SearchProgress {

    private final WatchedLine line;

    SimSearchProgress(WatchedLine line) {
        this.line = line;
    }

    @Override
    public void onRun(long done, long total, int failed) {
        if (!line.isShown()) {
            return;
        }
        double share = (double) done / total;
        line.show(String.format(
                Locale.ROOT,
                "%s  %,d of %,d runs, %,d failed  %s",
                ProgressBar.of(share),
                done,
                total,
                failed,
                ProgressBar.left(share, line.seconds())));
    }

    @Override
    public void onShrinking(Failure failure) {
        line.show("making seed " + failure.options().seed() + " smaller, which fails check "
                + failure.violation().check() + " ...");
    }

    /** Clears the line. */
    void end() {
        line.clear();
    }
}
