package io.a2al.sim.engine;

import java.util.random.RandomGenerator;

/**
 * A stream of random numbers (SplitMix64; Steele, Lea and Flood 2014). A run has thousands of them, so each takes only
 * two longs of memory. The numbers are equal on every machine; therefore logarithms use {@link StrictMath}. Not
 * thread-safe.
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

    /** Returns a uniformly distributed number from 0 (inclusive) to 1 (exclusive). */
    public double nextUnit() {
        return Mixer.unit(nextLong());
    }

    /** Returns a uniformly distributed integer from 0 (inclusive) to {@code bound} (exclusive). */
    public int nextBelow(int bound) {
        return (int) (nextUnit() * bound);
    }

    /** Returns true with the given probability. */
    public boolean chance(double probability) {
        return nextUnit() < probability;
    }

    /** Returns an exponentially distributed number with the given mean, such as a time between independent events. */
    public double nextExponential(double mean) {
        return -mean * StrictMath.log(1 - nextUnit());
    }

    /** Returns a normally distributed number with mean 0 and variance 1 (Box and Muller 1958). */
    public double nextNormal() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - nextUnit()));
        return radius * StrictMath.cos(2 * StrictMath.PI * nextUnit());
    }

    /**
     * Returns a log-normally distributed number with the given median, whose logarithm has the standard deviation
     * {@code sigma}.
     */
    public double nextLogNormal(double median, double sigma) {
        return median * StrictMath.exp(sigma * nextNormal());
    }

    /**
     * Returns a Weibull distributed number, computed by the inverse of the distribution function.
     *
     * @param scale the value below which 63 % of all numbers are
     * @param shape less than 1 for many small and few very large values
     */
    public double nextWeibull(double scale, double shape) {
        return scale * StrictMath.pow(-StrictMath.log(1 - nextUnit()), 1 / shape);
    }
}
