package io.a2al.core;

import java.time.Duration;

/**
 * Turns the shell's time into one that does not leap, and notices when it would have. A machine that slept, or a
 * process that was stopped, comes back much later than the deadline it was to be called at; within the node that time
 * has not passed, so that no request is given up and no queue of timers fires at once. On systems whose monotonic clock
 * stands still meanwhile the wall clock tells. The wall clock itself is passed on as it is, because records are valid
 * by it; it may go anywhere. Not thread-safe.
 */
final class SteadyTime {

    /** No thread is late by so much unless it was stopped. */
    private static final long LATE = Duration.ofSeconds(10).toNanos();

    /** No wall clock is adjusted by so much in normal operation. */
    private static final long WALL_LEAP_SECONDS = 30;

    private long skipped;
    private Moment latest;
    private boolean leapt;

    SteadyTime(Moment start) {
        this.latest = start;
    }

    /**
     * The node's time for a time of the shell's.
     *
     * @param deadline when the node wanted to be called, in its own time, or {@link NodeCore#NO_DEADLINE}
     */
    Moment at(Moment shell, long deadline) {
        long nanos = shell.nanos() - skipped;
        long passed = Math.max(0, nanos - latest.nanos());
        long due = deadline == NodeCore.NO_DEADLINE ? passed : Math.max(0, deadline - latest.nanos());
        leapt = passed - due > LATE;
        if (leapt) {
            skipped += passed;
            passed = 0;
        }
        long wallSeconds = shell.unixSeconds() - latest.unixSeconds();
        leapt |= wallSeconds - Duration.ofNanos(passed).toSeconds() > WALL_LEAP_SECONDS;
        latest = new Moment(latest.nanos() + passed, shell.unixSeconds());
        return latest;
    }

    /** True if the latest time came after a leap. */
    boolean hasLeapt() {
        return leapt;
    }

    /** The node's time for a time of the shell's, when nothing is to be done with it. */
    Moment within(Moment shell) {
        return new Moment(shell.nanos() - skipped, shell.unixSeconds());
    }

    /** A time of the node's as the shell counts it. */
    long toShell(long nanos) {
        return nanos == NodeCore.NO_DEADLINE ? nanos : nanos + skipped;
    }
}
