package io.a2al.sim.search;

/** Receives the progress of a search. Called by any thread of the search, but by one at a time. */
public interface SearchProgress {

    /** Ignores progress. */
    SearchProgress NONE = new SearchProgress() {
        @Override
        public void onRun(long done, long total, int failed) {
            // Ignored.
        }

        @Override
        public void onShrinking(Failure failure) {
            // Ignored.
        }
    };

    /**
     * Called when a run has ended.
     *
     * @param done number of runs so far
     * @param total number of runs if the search does not end early
     * @param failed number of runs that failed
     */
    void onRun(long done, long total, int failed);

    /** Called before a failed run is made smaller, after all runs have ended. */
    void onShrinking(Failure failure);
}
