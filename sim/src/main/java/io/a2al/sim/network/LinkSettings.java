package io.a2al.sim.network;

import java.time.Duration;

/**
 * What links do to datagrams. Immutable; thread-safe.
 *
 * @param loss how many are lost by chance, 0 to 1
 * @param duplication how many arrive twice, 0 to 1
 * @param jitter mean of the exponentially distributed extra delay, as a share of the delay without it; datagrams
 *     overtake each other by it
 * @param cut how many of all links, 0 to 1, never carry anything in one direction
 * @param bitsPerSecond what an uplink and a downlink can carry; 0 for as much as anybody wants
 * @param longestQueue what would have to wait longer for a slow link is lost
 */
public record LinkSettings(
        double loss, double duplication, double jitter, double cut, long bitsPerSecond, Duration longestQueue) {

    /** Nothing is lost or duplicated, delays vary by 5 %, links are fast. */
    public static final LinkSettings CALM = new LinkSettings(0, 0, 0.05, 0, 0, Duration.ofMillis(500));

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException naming what is out of range
     */
    public LinkSettings {
        checkShare("loss", loss);
        checkShare("duplication", duplication);
        checkShare("share of cut links", cut);
        if (!(jitter >= 0 && jitter <= 10)) {
            throw new IllegalArgumentException("the jitter is " + jitter + "; it must be 0 to 10");
        }
        if (bitsPerSecond < 0) {
            throw new IllegalArgumentException("the bandwidth is " + bitsPerSecond + " bit/s; it must not be negative");
        }
    }

    private static void checkShare(String what, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("the " + what + " is " + share + "; it must be 0 to 1");
        }
    }

    /** The same links when nothing goes wrong: they lose, duplicate and cut nothing, and are as slow as they were. */
    public LinkSettings mended() {
        return new LinkSettings(0, 0, jitter, 0, bitsPerSecond, longestQueue);
    }

    /** The same with another loss. */
    public LinkSettings withLoss(double other) {
        return new LinkSettings(other, duplication, jitter, cut, bitsPerSecond, longestQueue);
    }

    /** The same with another share of duplicates. */
    public LinkSettings withDuplication(double other) {
        return new LinkSettings(loss, other, jitter, cut, bitsPerSecond, longestQueue);
    }

    /** The same with another jitter. */
    public LinkSettings withJitter(double other) {
        return new LinkSettings(loss, duplication, other, cut, bitsPerSecond, longestQueue);
    }

    /** The same with another share of cut links. */
    public LinkSettings withCut(double other) {
        return new LinkSettings(loss, duplication, jitter, other, bitsPerSecond, longestQueue);
    }

    /** The same with another bandwidth. */
    public LinkSettings withBitsPerSecond(long other) {
        return new LinkSettings(loss, duplication, jitter, cut, other, longestQueue);
    }
}
