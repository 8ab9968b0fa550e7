package io.a2al.sim.engine;

import java.util.random.RandomGenerator;

/**
 * One stream of random numbers (SplitMix64; Steele, Lea and Flood 2014), of which a run has thousands, one for each who
 * needs numbers. Two longs of memory; equal on every machine, for which logarithms are strict. Not thread-safe.
 */
public final class Stream implements RandomGenerator {

    private long state;

    Stream(long state) {
        this.state = state;
    }

    @Override
    public long nextLong() {
        state += Mixer.GOLDEN;
        return Mixer.mix(state);
    }

    /** A number from 0 (inclusive) to 1 (exclusive). */
    public double nextUnit() {
        return Mixer.unit(nextLong());
    }

    /** A whole number from 0 (inclusive) to {@code bound} (exclusive). */
    public int nextBelow(int bound) {
        return (int) (nextUnit() * bound);
    }

    /** True with this probability. */
    public boolean chance(double probability) {
        return nextUnit() < probability;
    }

    /** Exponentially distributed with this mean: times between independent events. */
    public double nextExponential(double mean) {
        return -mean * StrictMath.log(1 - nextUnit());
    }

    /** Normally distributed with mean 0 and variance 1 (Box and Muller 1958). */
    public double nextNormal() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - nextUnit()));
        return radius * StrictMath.cos(2 * StrictMath.PI * nextUnit());
    }

    /** Log-normally distributed with this median; the logarithm has the standard deviation {@code sigma}. */
    public double nextLogNormal(double median, double sigma) {
        return median * StrictMath.exp(sigma * nextNormal());
    }

    /**
     * Weibull distributed (inverse of the distribution function).
     *
     * @param scale the value that 63 % stay below
     * @param shape less than 1 for many short and few very long values
     */
    public double nextWeibull(double scale, double shape) {
        return scale * StrictMath.pow(-StrictMath.log(1 - nextUnit()), 1 / shape);
    }
}
