package io.a2al.core.time;

/** One thing to be done at a time that can come nearer; sets few timers, however often it is asked. Not thread-safe. */
public final class Alarm {

    private final Timers timers;
    private final Timers.Task task;
    private long at = NodeTime.NEVER;

    public Alarm(Timers timers, Timers.Task task) {
        this.timers = timers;
        this.task = task;
    }

    /**
     * The task runs at this time in nanoseconds, or earlier if that was said before; never for {@link
     * NodeTime#NEVER}.
     */
    public void setAtMost(long deadline) {
        if (deadline != NodeTime.NEVER && (at == NodeTime.NEVER || deadline - at < 0)) {
            at = deadline;
            timers.schedule(deadline, now -> {
                if (at == deadline) {
                    at = NodeTime.NEVER;
                }
                task.run(now);
            });
        }
    }
}
