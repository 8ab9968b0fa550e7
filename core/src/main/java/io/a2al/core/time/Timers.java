package io.a2al.core.time;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The timers of a node, in one queue. A timer is created once and then set, moved and cancelled as often as needed; it
 * has at most one deadline, and equal deadlines fire in the order in which they were set, so that runs repeat exactly.
 * A cancelled timer does not wake the shell. The number of timers is bounded by what creates them: requests, lookups,
 * publications and listeners are all limited, and each has at most two. Times in nanoseconds of the node's own time.
 * Not thread-safe.
 */
public final class Timers {

    /** What to do at the deadline. */
    @FunctionalInterface
    public interface Task {
        void run(NodeTime now);
    }

    /** A task that runs once at a deadline, which it may set again. Not thread-safe. */
    public static final class Timer extends DeadlineQueue.Entry {

        private final Timers owner;
        private final TimerName name;
        private final Task task;

        private Timer(Timers owner, TimerName name, Task task) {
            this.owner = owner;
            this.name = name;
            this.task = task;
        }

        /** Sets the deadline and replaces the one it had; {@link NodeTime#NEVER} cancels the timer. */
        public void set(long deadline) {
            cancel();
            setAtMost(deadline);
        }

        /** Sets the deadline unless there is an earlier or equal one; {@link NodeTime#NEVER} changes nothing. */
        public void setAtMost(long deadline) {
            owner.count(name, isScheduled() ? -1 : 0);
            owner.queue.setAtMost(this, deadline);
            owner.count(name, isScheduled() ? 1 : 0);
        }

        /** Removes the deadline; does nothing if there is none. */
        public void cancel() {
            owner.count(name, isScheduled() ? -1 : 0);
            owner.queue.remove(this);
        }

        /** Returns what the timer is for. */
        public TimerName name() {
            return name;
        }
    }

    private static final TimerName[] NAMES = TimerName.values();

    private final DeadlineQueue<Timer> queue = new DeadlineQueue<>();

    /** Timers with a deadline, by the ordinal number of their name. */
    private final int[] pending = new int[NAMES.length];

    /** No timer has a deadline. */
    public Timers() {}

    /** Creates a timer without a deadline. */
    public Timer create(TimerName name, Task task) {
        return new Timer(this, name, task);
    }

    @SuppressWarnings("EnumOrdinal")
    private void count(TimerName name, int change) {
        pending[name.ordinal()] += change;
    }

    /** Runs what is due, including what the tasks themselves set for {@code now} or earlier. */
    public void fire(NodeTime now) {
        for (Optional<Timer> due = queue.pollDue(now.nanos()); due.isPresent(); due = queue.pollDue(now.nanos())) {
            count(due.get().name, -1);
            due.get().task.run(now);
        }
    }

    /** Returns the number of timers with a deadline. */
    public int size() {
        return queue.size();
    }

    /** Returns the number of timers with a deadline by name; every name has an entry. */
    @SuppressWarnings("EnumOrdinal")
    public Map<TimerName, Integer> pending() {
        Map<TimerName, Integer> byName = new EnumMap<>(TimerName.class);
        for (TimerName name : NAMES) {
            byName.put(name, pending[name.ordinal()]);
        }
        return Collections.unmodifiableMap(byName);
    }

    /** Returns the earliest deadline, or {@link NodeTime#NEVER} if no timer has one. */
    public long nextDeadline() {
        return queue.next();
    }
}
