package io.a2al.sim.check;

import io.a2al.sim.world.SimEvent;
import io.a2al.sim.world.World;

/**
 * A rule that must hold in every scenario. A checker observes events, and inspects the world at intervals and at the
 * end of the run, when faults have stopped and the network has settled. It reports violations and changes nothing. Each
 * run has its own instance.
 */
public interface Checker {

    /** Returns a short name, such as {@code packet-size}. */
    String name();

    /** Called after every event. Must be cheap. */
    default void afterEvent(World world, SimEvent event, Reporter reporter) {}

    /** Called at regular intervals of virtual time. */
    default void atInterval(World world, Reporter reporter) {}

    /** Called at the end of the run, unless a check failed before. */
    default void atEnd(World world, Reporter reporter) {}

    /** Receives violations. */
    @FunctionalInterface
    interface Reporter {

        /**
         * Reports that the rule does not hold.
         *
         * @param message what is wrong, one sentence
         * @param participants numbers of the participants involved
         */
        void report(String message, int... participants);
    }
}
