package io.a2al.core.rpc;

/**
 * Smoothed round-trip time of one peer, after RFC 6298 without its variance term, which {@link RetryPolicy} replaces by
 * fixed bounds. Nanoseconds. Not thread-safe.
 */
public final class RoundTrip {

    private static final int SMOOTHING = 8;

    private long smoothed;

    /** Nothing measured yet. */
    public RoundTrip() {}

    /** Takes a measurement from a request that was sent only once; later answers are ambiguous (Karn). */
    public void sample(long nanos) {
        smoothed = smoothed == 0 ? Math.max(1, nanos) : smoothed + (nanos - smoothed) / SMOOTHING;
    }

    /** True once there was a measurement. */
    public boolean isKnown() {
        return smoothed != 0;
    }

    /** The smoothed round-trip time; 0 if unknown. */
    public long nanos() {
        return smoothed;
    }
}
