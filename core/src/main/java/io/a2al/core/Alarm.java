package io.a2al.core;

/** One thing to be done at a time that can come nearer; sets few timers, however often it is asked. Not thread-safe. */
final class Alarm {

    private final Timers timers;
    private final Timers.Task task;
    private long at = NodeCore.NO_DEADLINE;

    Alarm(Timers timers, Timers.Task task) {
        this.timers = timers;
        this.task = task;
    }

    /**
     * The task runs at this time in nanoseconds, or earlier if that was said before; never for {@link
     * NodeCore#NO_DEADLINE}.
     */
    void setAtMost(long deadline) {
        if (deadline != NodeCore.NO_DEADLINE && (at == NodeCore.NO_DEADLINE || deadline - at < 0)) {
            at = deadline;
            timers.schedule(deadline, now -> {
                if (at == deadline) {
                    at = NodeCore.NO_DEADLINE;
                }
                task.run(now);
            });
        }
    }
}
