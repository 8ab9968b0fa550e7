package io.a2al.app.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.app.cli.Output;
import io.a2al.app.cli.WatchedLine;
import io.a2al.sim.Profiles;
import io.a2al.sim.result.Violation;
import io.a2al.sim.search.Failure;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SimProgressTest {

    private final StringWriter text = new StringWriter();
    private final Output output = new Output(new PrintWriter(text), new PrintWriter(text), false);
    private final AtomicLong clock = new AtomicLong(7);

    private String lastShown() {
        String all = text.toString();
        return all.substring(all.lastIndexOf('\r') + 1).replace("\u001b[K", "");
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    @Test
    void aRunShowsVirtualTimeSpeedAndHowLongItMayTake() {
        SimProgress progress = new SimProgress(new WatchedLine(output, true, clock::get));
        assertThat(lastShown()).isEqualTo("[............]   0 %");
        pass(Duration.ofSeconds(10));
        progress.onProgress(Duration.ofMinutes(15), Duration.ofHours(1), 40_000);
        assertThat(lastShown()).isEqualTo("[###.........]  25 %  virtual 15 min 0 s  x90  4,000 events/s  30 s left");
        pass(Duration.ofSeconds(30));
        progress.onProgress(Duration.ofHours(1), Duration.ofHours(1), 160_000);
        assertThat(lastShown()).startsWith("[############] 100 %").endsWith("  0 s left");
        progress.end();
        assertThat(lastShown()).isEmpty();
    }

    @Test
    void aSearchShowsRunsFailuresAndHowLongItMayTake() {
        SimSearchProgress progress = new SimSearchProgress(new WatchedLine(output, true, clock::get));
        pass(Duration.ofSeconds(3));
        progress.onRun(10, 1000, 2);
        assertThat(lastShown()).isEqualTo("[............]   1 %  10 of 1,000 runs, 2 failed  4 min 57 s left");
        progress.onShrinking(new Failure(
                Profiles.find("calm").orElseThrow().withSeed(7),
                new Violation("rule", Duration.ZERO, List.of(), List.of(), "broken", List.of())));
        assertThat(lastShown()).isEqualTo("making seed 7 smaller, which fails check rule ...");
        progress.end();
        assertThat(lastShown()).isEmpty();
    }

    @Test
    void withoutATerminalNothingIsShown() {
        SimProgress progress = new SimProgress(new WatchedLine(output, false, clock::get));
        progress.onProgress(Duration.ofMinutes(1), Duration.ofHours(1), 1);
        progress.end();
        SimSearchProgress search = new SimSearchProgress(new WatchedLine(output, false, clock::get));
        search.onRun(1, 2, 0);
        search.end();
        assertThat(text.toString()).isEmpty();
    }
}
