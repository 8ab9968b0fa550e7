package io.a2al.sim.world;

import io.a2al.core.time.ShellTime;
import java.util.function.LongSupplier;

/** The clocks of one machine over its sleeps, during which the monotonic one may stand still. Not thread-safe. */
final class MachineClock {

    private final LongSupplier virtual;
    private NodeClock clock;
    private long asleepSince;

    /** When the core was called last, in virtual time. */
    private long lastTurn;

    /** Nanoseconds by which the monotonic clock ran on between the core's last turn before a sleep and its end. */
    private long slept;

    /**
     * Clocks of a machine that has not slept.
     *
     * @param virtual the virtual time in nanoseconds
     */
    MachineClock(NodeClock clock, LongSupplier virtual) {
        this.clock = clock;
        this.virtual = virtual;
    }

    /** Sets the clocks. */
    void set(NodeClock other) {
        clock = other;
    }

    /** Returns what the clocks show now. */
    ShellTime now() {
        return clock.at(virtual.getAsLong());
    }

    /** Returns the first virtual time at which the monotonic clock shows {@code nanos} or more. */
    long virtual(long nanos) {
        return clock.virtual(nanos);
    }

    /**
     * Returns the time on the monotonic clock without the sleeps, in nanoseconds. A core learns only afterwards that
     * the machine slept, so a sleep counts from the core's last turn before it.
     */
    long awakeNanos() {
        return now().nanos() - slept;
    }

    /** Notes that the core is called now. */
    void noteTurn() {
        lastTurn = virtual.getAsLong();
    }

    /** Begins a sleep. */
    void suspend() {
        asleepSince = virtual.getAsLong();
    }

    /** Ends a sleep, during which the monotonic clock stood still or ran on. */
    void resume(boolean stoodStill) {
        if (stoodStill) {
            clock = clock.stoodStill(virtual.getAsLong() - asleepSince);
        } else {
            slept += now().nanos() - clock.at(lastTurn).nanos();
        }
    }
}
