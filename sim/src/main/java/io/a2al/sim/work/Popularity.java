package io.a2al.sim.work;

import io.a2al.sim.engine.Stream;
import java.util.Arrays;

/** Draws ranks by Zipf's law: the n-th is as likely as the first divided by n to some power. Immutable; thread-safe. */
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

    /** A rank, from 0; there must be one. */
    int draw(Stream stream) {
        double at = stream.nextUnit() * cumulative[cumulative.length - 1];
        int found = Arrays.binarySearch(cumulative, at);
        return Math.min(found >= 0 ? found + 1 : -found - 1, cumulative.length - 1);
    }
}
