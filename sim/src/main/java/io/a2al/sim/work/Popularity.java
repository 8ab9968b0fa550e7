package io.a2al.sim.work;

import io.a2al.sim.engine.Stream;
import java.util.Arrays;

/**
 * Draws ranks by Zipf's law: the n-th has the probability of the first, divided by n to a power. Immutable;
 * thread-safe.
 */
final class Popularity {

    private final double[] cumulative;

    Popularity(int ranks, double exponent) {
        cumulative = new double[ranks];
        double sum = 0;
        for (int i = 0; i < ranks; i++) {
            sum += StrictMath.pow(i + 1.0, -exponent);
            cumulative[i] = sum;
        }
    }

    /** Draws a rank, starting at 0. There must be at least one. */
    int draw(Stream stream) {
        double at = stream.nextUnit() * cumulative[cumulative.length - 1];
        int found = Arrays.binarySearch(cumulative, at);
        return Math.min(found >= 0 ? found + 1 : -found - 1, cumulative.length - 1);
    }
}
