package io.a2al.core.lookup;

/**
 * How many of the nodes that lookups ask answer, of those that are remembered and of those that peers name; the latest
 * count most. Where many have died lately, both are low, and lookups ask more nodes at once. Within bounds, so that
 * peers that name dead nodes cannot make a lookup ask without end. Not thread-safe.
 */
final class AnswerRates {

    /** A lookup asks twice as many nodes at most. */
    private static final double LEAST = 0.5;

    /** An answer counts this much. */
    private static final double WEIGHT = 1 / 32.0;

    private double known = 1;

    /** Where nodes come and go, one of five that are named has gone. */
    private double named = 0.8;

    void note(boolean isKnown, boolean answered) {
        double value = answered ? 1 : 0;
        if (isKnown) {
            known += (value - known) * WEIGHT;
        } else {
            named += (value - named) * WEIGHT;
        }
    }

    /** Returns the chance, 0.5 to 1, that a node answers. */
    double chance(boolean isKnown) {
        return Math.max(LEAST, isKnown ? known : named);
    }
}
