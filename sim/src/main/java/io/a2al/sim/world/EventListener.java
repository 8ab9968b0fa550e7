package io.a2al.sim.world;

/** Receives every event when it happens. Must not change anything. */
@FunctionalInterface
public interface EventListener {

    /** Called for each event. */
    void onEvent(SimEvent event);
}
