package io.a2al.core.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimersTest {

    private final Timers timers = new Timers();
    private final List<String> fired = new ArrayList<>();

    private Timers.Timer timer(String label) {
        return timers.create(TimerName.LOOKUP, now -> fired.add(label + "@" + now.nanos()));
    }

    private Timers.Timer set(long deadline, String label) {
        Timers.Timer timer = timer(label);
        timer.set(deadline);
        return timer;
    }

    private static NodeTime at(long nanos) {
        return new NodeTime(nanos, 0);
    }

    @Test
    void firesWhatIsDueInOrderOfDeadlines() {
        set(30, "c");
        set(10, "a");
        set(20, "b");
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
    void equalDeadlinesFireInTheOrderInWhichTheyWereSet() {
        List<Timers.Timer> created = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            created.add(timer("t" + i));
        }
        created.reversed().forEach(timer -> timer.set(7));
        timers.fire(at(7));
        for (int i = 0; i < 50; i++) {
            assertThat(fired.get(i)).isEqualTo("t" + (49 - i) + "@7");
        }
    }

    @Test
    void aTaskCanSetATimerThatIsDueAtOnce() {
        Timers.Timer second = timer("second");
        Timers.Timer third = timer("third");
        timers.create(TimerName.LISTEN, now -> {
                    fired.add("first");
                    second.set(now.nanos());
                    third.set(now.nanos() + 1);
                })
                .set(5);
        timers.fire(at(8));
        assertThat(fired).containsExactly("first", "second@8");
        assertThat(timers.nextDeadline()).isEqualTo(9);
    }

    @Test
    void theOriginOfTheClockDoesNotMatter() {
        set(Long.MAX_VALUE - 1, "before");
        set(Long.MIN_VALUE + 5, "after");
        timers.fire(at(Long.MAX_VALUE - 1));
        assertThat(fired).containsExactly("before@" + (Long.MAX_VALUE - 1));
        timers.fire(at(Long.MIN_VALUE + 5));
        assertThat(fired).hasSize(2);
    }

    @Test
    void aCancelledTimerDoesNotWakeTheShell() {
        Timers.Timer first = set(10, "first");
        set(20, "second");
        first.cancel();
        assertThat(first.isScheduled()).isFalse();
        assertThat(timers.nextDeadline()).isEqualTo(20);
        timers.fire(at(20));
        assertThat(fired).containsExactly("second@20");
        first.cancel();
        assertThat(timers.nextDeadline()).isEqualTo(NodeTime.NEVER);
    }

    @Test
    void aTimerHasOneDeadline() {
        Timers.Timer timer = set(10, "moved");
        timer.set(30);
        timers.fire(at(10));
        assertThat(fired).isEmpty();
        timers.fire(at(30));
        timers.fire(at(40));
        assertThat(fired).containsExactly("moved@30");
    }

    @Test
    void setAtMostOnlyMovesADeadlineForward() {
        Timers.Timer timer = timer("due");
        timer.setAtMost(NodeTime.NEVER);
        assertThat(timers.size()).isZero();
        timer.setAtMost(20);
        timer.setAtMost(30);
        timer.setAtMost(NodeTime.NEVER);
        assertThat(timers.nextDeadline()).isEqualTo(20);
        timer.setAtMost(10);
        assertThat(timers.nextDeadline()).isEqualTo(10);
        timer.set(NodeTime.NEVER);
        assertThat(timers.nextDeadline()).isEqualTo(NodeTime.NEVER);
    }

    @Test
    void pendingTimersAreCountedByName() {
        Timers.Timer a = set(10, "a");
        set(20, "b");
        Timers.Timer listen = timers.create(TimerName.LISTEN, now -> {});
        assertThat(timers.pending()).containsEntry(TimerName.LOOKUP, 2).containsEntry(TimerName.LISTEN, 0);
        listen.set(5);
        listen.set(15);
        listen.setAtMost(12);
        a.cancel();
        a.cancel();
        assertThat(timers.pending()).containsEntry(TimerName.LOOKUP, 1).containsEntry(TimerName.LISTEN, 1);
        assertThat(timers.size()).isEqualTo(2);
        timers.fire(at(12));
        assertThat(timers.pending()).containsEntry(TimerName.LOOKUP, 1).containsEntry(TimerName.LISTEN, 0);
        assertThat(timers.pending()).containsOnlyKeys(TimerName.values());
    }
}
