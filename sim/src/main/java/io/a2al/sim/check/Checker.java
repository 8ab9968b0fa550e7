package io.a2al.sim.check;

import io.a2al.sim.world.SimEvent;
import io.a2al.sim.world.World;

/**
 * One rule that must hold, whatever the scenario. It looks at events, at the world now and then, and at the end, when
 * faults have stopped and things have settled; what it finds wrong it reports. It changes nothing. One instance for
 * each run.
 */
public interface Checker {

    /** A short name, such as {@code packet-size}. */
    String name();

    /** After every event. Must be cheap. */
    default void afterEvent(World world, SimEvent event, Reporter reporter) {}

    /** At stated intervals of virtual time. */
    default void atInterval(World world, Reporter reporter) {}

    /** At the end of the run. */
    default void atEnd(World world, Reporter reporter) {}

    /** Where a checker says what is wrong. */
    @FunctionalInterface
    interface Reporter {

        /**
         * The rule does not hold.
         *
         * @param message what is wrong, one sentence
         * @param participants who is involved
         */
        void report(String message, int... participants);
    }
}
