package io.a2al.sim.search;

/**
 * What came of making a failing run smaller. Immutable; thread-safe.
 *
 * @param failure the smallest run that fails in the same way
 * @param tries runs that were made to find it
 * @param isMinimal true if nothing that could be tried made it still smaller; false if tries or time ran out
 */
public record Shrunk(Failure failure, int tries, boolean isMinimal) {}
