package io.a2al.sim.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventQueueTest {

    private record Event(long time, int number) {}

    private final EventQueue queue = new EventQueue();
    private final List<Event> ran = new ArrayList<>();

    private void add(long time, int number) {
        queue.at(time, () -> {
            assertThat(queue.now()).isEqualTo(time);
            ran.add(new Event(time, number));
        });
    }

    private void runAll() {
        while (queue.nextTime() != EventQueue.NEVER) {
            queue.runNext();
        }
    }

    /** Uses few different times, so that many events share one. */
    @Test
    void eventsRunByTimeAndThenInTheOrderTheyWereAdded() {
        Stream stream = new Streams(1).of(Purpose.SAMPLE, 0);
        List<Event> added = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            long time = stream.nextBelow(300);
            added.add(new Event(time, i));
            add(time, i);
        }
        runAll();
        added.sort(Comparator.comparingLong(Event::time));
        assertThat(ran).isEqualTo(added);
        assertThat(queue.size()).isZero();
        assertThat(queue.added()).isEqualTo(5000);
    }

    @Test
    void anEventAddedForTheCurrentTimeRunsAfterEventsAddedEarlier() {
        queue.at(5, () -> {
            ran.add(new Event(5, 1));
            queue.after(0, () -> ran.add(new Event(5, 3)));
        });
        add(5, 2);
        runAll();
        assertThat(ran).extracting(Event::number).containsExactly(1, 2, 3);
    }

    @Test
    void timeDoesNotMoveBackwardsOrPastAnEvent() {
        add(10, 1);
        assertThatIllegalArgumentException().isThrownBy(() -> queue.advanceTo(11));
        runAll();
        queue.advanceTo(12);
        assertThat(queue.now()).isEqualTo(12);
        assertThatIllegalArgumentException().isThrownBy(() -> add(11, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> queue.advanceTo(11));
    }
}
