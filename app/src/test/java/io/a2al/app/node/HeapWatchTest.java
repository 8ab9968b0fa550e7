package io.a2al.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class HeapWatchTest {

    private static final long MIB = 1 << 20;

    private long live;
    private long garbage;
    private int collections;
    private final HeapWatch watch = HeapWatch.of(() -> live + garbage, () -> {
        garbage = 0;
        collections++;
    });

    /** Lets garbage come, a MiB at a time; returns the most bytes that were in use. */
    private long fill(long mebibytes) {
        long most = 0;
        for (long i = 0; i < mebibytes; i++) {
            garbage += MIB;
            most = Math.max(most, live + garbage);
            watch.look();
        }
        return most;
    }

    @Test
    void theHeapStaysWithinLiveDataAndTheToleratedGarbage() {
        live = 100 * MIB;

        assertThat(fill(10_000)).isEqualTo(live + HeapWatch.TOLERATED + MIB);
    }

    @Test
    void withMuchLiveDataThereMayBeAsMuchGarbage() {
        live = 600 * MIB;
        fill(1);

        assertThat(fill(10_000)).isEqualTo(2 * live + MIB);
        assertThat(collections).isBetween(10_000 / 601, 10_000 / 600 + 1);
    }

    @Test
    void aLittleGarbageIsLeftAlone() {
        live = 10 * MIB;
        fill(246);

        assertThat(collections).isZero();
    }

    @Test
    void liveDataThatGrowsIsLookedAtAgainWhenItHasDoubled() {
        for (int i = 0; i < 1000; i++) {
            live += MIB;
            watch.look();
        }
        assertThat(collections).isEqualTo(2);
    }

    /** Other collectors do not need it, and would stop the node for it. */
    @Test
    void theLauncherAsksForItTogetherWithTheCollectorThatNeedsIt() throws Exception {
        assertThat(Files.readString(Path.of("..", "dist/src/main/image/lib/serial.options"))
                        .lines())
                .contains("-XX:+UseSerialGC", "-D" + HeapWatch.PROPERTY + "=true");
    }
}
