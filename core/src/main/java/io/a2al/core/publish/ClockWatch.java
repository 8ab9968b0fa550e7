package io.a2al.core.publish;

import io.a2al.core.time.NodeTime;
import java.time.Duration;

/**
 * Notices that the wall clock was set back. Records that were signed before then seem to come from the future, and
 * nodes may have refused them for that. Not thread-safe.
 */
final class ClockWatch {

    /** Longest time in nanoseconds between two looks at the clock while something is published. */
    static final long INTERVAL = Duration.ofSeconds(30).toNanos();

    /**
     * A clock that is behind by so many seconds was set back. The time is cut to whole seconds, so that one second may
     * be missing without that.
     */
    private static final long SET_BACK_SECONDS = 2;

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private NodeTime last = new NodeTime(0, Long.MIN_VALUE);

    /**
     * Looks at the clock.
     *
     * @return true if it was set back since the last look
     */
    boolean look(NodeTime now) {
        boolean first = last.unixSeconds() == Long.MIN_VALUE;
        long expected = first ? now.unixSeconds() : last.unixSeconds() + (now.nanos() - last.nanos()) / SECOND;
        last = now;
        return expected - now.unixSeconds() >= SET_BACK_SECONDS;
    }

    /** Returns when the next look is due, in nanoseconds. */
    long nextDeadline() {
        return last.nanos() + INTERVAL;
    }
}
