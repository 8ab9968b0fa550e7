package io.a2al.app.sim;

import io.a2al.app.cli.ProgressBar;
import io.a2al.app.cli.Texts;
import io.a2al.app.cli.WatchedLine;
import io.a2al.sim.Progress;
import java.time.Duration;
import java.util.Locale;

/** Shows the progress of a simulation at a terminal: virtual time, speed, and the estimated time left. */
final class SimProgress implements Progress {

    private static final double NANOS_PER_SECOND = 1e9;

    private final WatchedLine line;

    SimProgress(WatchedLine line) {
        this.line = line;
    }

    @Override
    public void onProgress(Duration done, Duration total, long events) {
        if (!line.isShown()) {
            return;
        }
        double wall = line.seconds();
        double share = (double) done.toNanos() / total.toNanos();
        line.show(String.format(
                Locale.ROOT,
                "%s  virtual %s  x%,.0f  %,.0f events/s  %s",
                ProgressBar.of(share),
                Texts.seconds(done.toSeconds()),
                done.toNanos() / NANOS_PER_SECOND / wall,
                events / wall,
                ProgressBar.left(share, wall)));
    }

    /** Clears the line. */
    void end() {
        line.clear();
    }
}
