package io.a2al.core.time;

import java.util.random.RandomGenerator;

/**
 * What gives a node its rhythm.
 *
 * @param timers what is due later
 * @param random spreads what many nodes would otherwise do at the same moment, and draws targets and peers
 */
public record Clockwork(Timers timers, RandomGenerator random) {}
