package io.a2al.sim.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.time.ShellTime;
import io.a2al.sim.engine.Purpose;
import io.a2al.sim.engine.Stream;
import io.a2al.sim.engine.Streams;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NodeClockTest {

    private static final long HOUR = Duration.ofHours(1).toNanos();

    @Test
    void clocksGainAndAreWrong() {
        NodeClock clock = new NodeClock(500, 100, -7);
        ShellTime moment = clock.at(HOUR);
        assertThat(moment.nanos()).isEqualTo(500 + HOUR + HOUR / 10_000);
        assertThat(moment.unixSeconds()).isEqualTo(NodeClock.UNIX_EPOCH_OF_RUNS - 7 + 3600);
        assertThat(NodeClock.RIGHT.at(HOUR)).isEqualTo(new ShellTime(HOUR, NodeClock.UNIX_EPOCH_OF_RUNS + 3600));
    }

    /** A node must not be woken a nanosecond before its deadline, or it would have to be woken again. */
    @Test
    void theVirtualTimeOfADeadlineIsTheFirstAtWhichItHasCome() {
        Stream stream = new Streams(1).of(Purpose.CLOCK, 0);
        for (int i = 0; i < 10_000; i++) {
            NodeClock clock = new NodeClock(stream.nextBelow(1000), stream.nextBelow(401) - 200, 0);
            long deadline = clock.origin() + Math.floorMod(stream.nextLong(), 48 * HOUR);
            long due = clock.virtual(deadline);
            assertThat(clock.at(due).nanos()).isGreaterThanOrEqualTo(deadline);
            assertThat(clock.at(due - 1).nanos()).isLessThan(deadline);
        }
    }
}
