package io.a2al.sim.search;

/**
 * A failed run that was made smaller. Immutable; thread-safe.
 *
 * @param failure the smallest run found that fails the same check
 * @param tries number of runs made to find it
 * @param isMinimal true if no reduction could make it smaller; false if the search ended early
 */
public record Shrunk(Failure failure, int tries, boolean isMinimal) {}
