package io.a2al.sim.search;

/** Is told how far a search is, by any of its threads, but by one at a time. */
public interface SearchProgress {

    /** Tells nobody. */
    SearchProgress NONE = new SearchProgress() {
        @Override
        public void onRun(long done, long total, int failed) {
            // Nobody is listening.
        }

        @Override
        public void onShrinking(Failure failure) {
            // Nobody is listening.
        }
    };

    /**
     * A run has ended.
     *
     * @param done runs so far
     * @param total runs if none of them fails
     * @param failed those that failed
     */
    void onRun(long done, long total, int failed);

    /** All runs have ended, and this one is made smaller now. */
    void onShrinking(Failure failure);
}
