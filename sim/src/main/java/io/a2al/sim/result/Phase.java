package io.a2al.sim.result;

import java.time.Duration;

/**
 * A part of a run. Immutable; thread-safe.
 *
 * @param name such as {@code joining}
 * @param begin virtual time at which it begins
 */
public record Phase(String name, Duration begin) {}
