package io.a2al.sim;

import java.time.Duration;

/** Receives the progress of a run. Must not change any state of the run. */
@FunctionalInterface
public interface Progress {

    /** Ignores progress. */
    Progress NONE = (done, total, events) -> {};

    /**
     * Called at regular intervals of virtual time.
     *
     * @param done virtual time so far
     * @param total virtual time of the whole run
     * @param events events in the trace so far
     */
    void onProgress(Duration done, Duration total, long events);
}
