package io.a2al.sim.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MachineClockTest {

    private static final int START = 500;

    private final AtomicLong virtual = new AtomicLong();
    private final MachineClock clock = new MachineClock(new NodeClock(START, 0, 0), virtual::get);

    /** The core is called at 100, the machine sleeps from 130 to 200. */
    private void sleep(boolean stoodStill) {
        virtual.set(100);
        clock.noteTurn();
        virtual.set(130);
        clock.suspend();
        virtual.set(200);
        clock.resume(stoodStill);
    }

    @Test
    void aClockThatStoodStillGoesOnFromWhereItWas() {
        sleep(true);

        assertThat(clock.now().nanos()).isEqualTo(START + 130);
        assertThat(clock.awakeNanos()).isEqualTo(START + 130);
        assertThat(clock.virtual(START + 140)).isEqualTo(210);
    }

    @Test
    void ofAClockThatRanOnASleepCountsFromTheLastTurn() {
        sleep(false);

        assertThat(clock.now().nanos()).isEqualTo(START + 200);
        assertThat(clock.awakeNanos()).isEqualTo(START + 100);
    }

    @Test
    void sleepsAddUp() {
        sleep(false);
        virtual.set(250);
        clock.noteTurn();
        clock.suspend();
        virtual.set(300);
        clock.resume(false);

        assertThat(clock.awakeNanos()).isEqualTo(START + 150);
    }
}
