package io.a2al.core.lookup;

/**
 * How many of the nodes that lookups ask answer: of those that are remembered, beside how many were expected to; and of
 * those that peers name. The latest count most. Where many have died lately, both are low, and lookups ask more nodes
 * at once. Within bounds, so that peers that name dead nodes cannot make a lookup ask without end. Not thread-safe.
 */
final class AnswerRates {

    /** A lookup asks twice as many nodes at most. */
    private static final double LEAST = 0.5;

    /** An answer counts this much. */
    private static final double WEIGHT = 1 / 32.0;

    private double remembered = 1;
    private double expected = 1;

    /** Where nodes come and go, one of five that are named has gone. */
    private double named = 0.8;

    /**
     * Notes whether a node answered.
     *
     * @param chance how likely that seemed by what was remembered of the node; 0 if it was only named
     */
    void note(double chance, boolean answered) {
        double value = answered ? 1 : 0;
        if (chance > 0) {
            remembered += (value - remembered) * WEIGHT;
            expected += (chance - expected) * WEIGHT;
        } else {
            named += (value - named) * WEIGHT;
        }
    }

    /**
     * Returns the chance, above 0 and at most 1, that a node answers of which this chance is remembered; 0 for none.
     */
    double chance(double chance) {
        return chance > 0 ? chance * Math.clamp(remembered / expected, LEAST, 1) : Math.max(LEAST, named);
    }
}
