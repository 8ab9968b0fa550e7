package io.a2al.sim;

import java.time.Duration;

/** Is told how far a run is, for people who wait. Must not change anything. */
@FunctionalInterface
public interface Progress {

    /** Tells nobody. */
    Progress NONE = (done, total, events) -> {};

    /**
     * Some virtual time has passed.
     *
     * @param done virtual time so far
     * @param total virtual time of the whole run
     * @param events events in the trace so far
     */
    void onProgress(Duration done, Duration total, long events);
}
