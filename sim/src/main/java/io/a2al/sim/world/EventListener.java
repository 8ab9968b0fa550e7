package io.a2al.sim.world;

/** Is told of every event, when it happens. Must not change anything. */
@FunctionalInterface
public interface EventListener {

    /** Something happened. */
    void onEvent(SimEvent event);
}
