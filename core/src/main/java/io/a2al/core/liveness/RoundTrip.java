package io.a2al.core.liveness;

import io.a2al.core.rpc.RetryPolicy;

/**
 * Smoothed round-trip time of one peer, after RFC 6298 without its variance term, which {@link RetryPolicy} replaces by
 * fixed bounds. Nanoseconds. Not thread-safe.
 */
public final class RoundTrip {

    /** A new measurement counts one eighth, as alpha in RFC 6298. */
    private static final int SMOOTHING = 8;

    private long smoothed;

    /** True while only an upper bound is known. */
    private boolean bounded;

    /** Creates an unknown round-trip time. */
    public RoundTrip() {}

    /** Takes a measurement from a request that was sent only once; later answers are ambiguous (Karn). */
    public void sample(long nanos) {
        smoothed = smoothed == 0 || bounded ? Math.max(1, nanos) : smoothed + (nanos - smoothed) / SMOOTHING;
        bounded = false;
    }

    /**
     * Takes the time since the first attempt of a request that was sent several times, until there is a measurement.
     * Without it, every request to a peer whose round trip is longer than the first wait would be sent several times,
     * and none would be measured.
     */
    public void atMost(long nanos) {
        if (smoothed == 0 || bounded) {
            smoothed = Math.max(1, nanos);
            bounded = true;
        }
    }

    /** Returns true once there was a measurement or a bound. */
    public boolean isKnown() {
        return smoothed != 0;
    }

    /** Returns the smoothed round-trip time, or its bound; 0 if unknown. */
    public long nanos() {
        return smoothed;
    }
}
