package io.a2al.core.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimersTest {

    private final Timers timers = new Timers();
    private final List<String> fired = new ArrayList<>();

    private void schedule(long deadline, String name) {
        timers.schedule(deadline, now -> fired.add(name + "@" + now.nanos()));
    }

    private static NodeTime at(long nanos) {
        return new NodeTime(nanos, 0);
    }

    @Test
    void firesWhatIsDueInOrderOfDeadlines() {
        schedule(30, "c");
        schedule(10, "a");
        schedule(20, "b");
        assertThat(timers.nextDeadline()).isEqualTo(10);
        timers.fire(at(9));
        assertThat(fired).isEmpty();
        timers.fire(at(20));
        assertThat(fired).containsExactly("a@20", "b@20");
        assertThat(timers.nextDeadline()).isEqualTo(30);
        timers.fire(at(100));
        assertThat(fired).containsExactly("a@20", "b@20", "c@100");
        assertThat(timers.nextDeadline()).isEqualTo(NodeTime.NEVER);
    }

    @Test
    void equalDeadlinesFireInTheOrderTheyWereSet() {
        for (int i = 0; i < 50; i++) {
            schedule(7, "t" + i);
        }
        timers.fire(at(7));
        for (int i = 0; i < 50; i++) {
            assertThat(fired.get(i)).isEqualTo("t" + i + "@7");
        }
    }

    @Test
    void aTaskCanSetATimerThatIsDueAtOnce() {
        timers.schedule(5, now -> {
            fired.add("first");
            timers.schedule(now.nanos(), later -> fired.add("second"));
            timers.schedule(now.nanos() + 1, later -> fired.add("third"));
        });
        timers.fire(at(8));
        assertThat(fired).containsExactly("first", "second");
        assertThat(timers.nextDeadline()).isEqualTo(9);
    }

    @Test
    void theOriginOfTheClockDoesNotMatter() {
        schedule(Long.MAX_VALUE - 1, "before");
        schedule(Long.MIN_VALUE + 5, "after");
        timers.fire(at(Long.MAX_VALUE - 1));
        assertThat(fired).containsExactly("before@" + (Long.MAX_VALUE - 1));
        timers.fire(at(Long.MIN_VALUE + 5));
        assertThat(fired).hasSize(2);
    }

    /** Most timers of requests are such. */
    @Test
    void nobodyIsWokenForWhatDoesNotMatterAnyMore() {
        boolean[] over = {false};
        timers.schedule(10, now -> fired.add("first"), () -> !over[0]);
        timers.schedule(20, now -> fired.add("second"));
        assertThat(timers.nextDeadline()).isEqualTo(10);
        over[0] = true;
        assertThat(timers.nextDeadline()).isEqualTo(20);
        timers.fire(at(20));
        assertThat(fired).containsExactly("second");
        assertThat(timers.nextDeadline()).isEqualTo(NodeTime.NEVER);
    }
}
