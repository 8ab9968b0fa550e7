package io.a2al.core.time;

import java.util.PriorityQueue;

/**
 * Everything that happens later, in one queue. A timer cannot be cancelled; whoever set it checks on firing whether it
 * still matters, and until then it stays here. Where most timers do not matter any more when their time comes, as those
 * of requests, whoever sets them says how to tell, and nobody is woken for them. The queue is bounded by what sets
 * timers: requests, lookups and publications are all limited, and each has at most a few timers, which outlive it by
 * seconds. Times in nanoseconds. Not thread-safe.
 */
public final class Timers {

    /** What to do when the time has come. */
    @FunctionalInterface
    public interface Task {
        void run(NodeTime now);
    }

    /** Says whether a timer still matters; once it does not, it never does again. */
    @FunctionalInterface
    public interface Relevance {
        boolean matters();
    }

    private static final Relevance ALWAYS = () -> true;

    private record Timer(long deadline, long sequence, Task task, Relevance relevance) {}

    /** Equal deadlines fire in the order they were set, so that runs repeat exactly. */
    private final PriorityQueue<Timer> queue = new PriorityQueue<>((a, b) -> {
        int order = Long.compare(a.deadline - b.deadline, 0);
        return order != 0 ? order : Long.compare(a.sequence, b.sequence);
    });

    private long sequence;

    /** No timer is set. */
    public Timers() {}

    public void schedule(long deadline, Task task) {
        schedule(deadline, task, ALWAYS);
    }

    /** Sets a timer that may cease to matter before its time. */
    public void schedule(long deadline, Task task, Relevance relevance) {
        queue.add(new Timer(deadline, sequence++, task, relevance));
    }

    /** Runs what is due, including what the tasks themselves set for {@code now} or earlier. */
    public void fire(NodeTime now) {
        Timer next = queue.peek();
        while (next != null && next.deadline - now.nanos() <= 0) {
            queue.remove();
            next.task.run(now);
            next = queue.peek();
        }
    }

    public int size() {
        return queue.size();
    }

    /** When the next timer that matters is due, or {@link NodeTime#NEVER}. Forgets those before it. */
    public long nextDeadline() {
        Timer next = queue.peek();
        while (next != null && !next.relevance.matters()) {
            queue.remove();
            next = queue.peek();
        }
        return next == null ? NodeTime.NEVER : next.deadline;
    }
}
