package io.a2al.core.time;

import java.time.Duration;

/**
 * Turns the shell's time into the node's, which does not jump, and notices clock jumps. A machine that slept, or a
 * process that was stopped, comes back much later than the deadline at which it was to be called; within the node that
 * time has not passed, so that no request times out and no queue of timers fires at once. On systems whose monotonic
 * clock stands still meanwhile, the wall clock tells. The wall clock itself is passed on as it is, because records are
 * valid by it; it may go anywhere. The node's time begins at zero, so that a time of the shell's taken for one of the
 * node's shows in every test. Not thread-safe.
 */
public final class NodeClock {

    /** No thread is late by so much unless it was stopped. */
    private static final long LATE = Duration.ofSeconds(10).toNanos();

    /** No wall clock is adjusted by so much in normal operation. */
    private static final long WALL_JUMP_SECONDS = 30;

    /** The shell's nanoseconds when the node's were zero, plus everything that was skipped since. */
    private long skipped;

    private NodeTime latest;
    private boolean jumped;

    /** A clock that shows zero nanoseconds at {@code start}. */
    public NodeClock(ShellTime start) {
        this.skipped = start.nanos();
        this.latest = new NodeTime(0, start.unixSeconds());
    }

    /**
     * Advances to a time of the shell's and returns the node's.
     *
     * @param deadline when the node wanted to be called, in its own nanoseconds, or {@link NodeTime#NEVER}
     */
    public NodeTime advance(ShellTime shell, long deadline) {
        long passed = Math.max(0, shell.nanos() - skipped - latest.nanos());
        long due = deadline == NodeTime.NEVER ? passed : Math.max(0, deadline - latest.nanos());
        if (passed - due > LATE) {
            jumped = true;
            skipped += passed;
            passed = 0;
        }
        long wallSeconds = shell.unixSeconds() - latest.unixSeconds();
        jumped |= wallSeconds - Duration.ofNanos(passed).toSeconds() > WALL_JUMP_SECONDS;
        latest = new NodeTime(latest.nanos() + passed, shell.unixSeconds());
        return latest;
    }

    /** The time it was advanced to last. */
    public NodeTime now() {
        return latest;
    }

    /** True if the clock jumped since this was asked last. */
    public boolean takeJump() {
        boolean result = jumped;
        jumped = false;
        return result;
    }

    /** A time of the node's, in nanoseconds, as the shell counts it. */
    public long toShell(long nanos) {
        return nanos == NodeTime.NEVER ? nanos : nanos + skipped;
    }
}
