package io.a2al.sim.network;

/**
 * Settings of the links between hosts. Immutable; thread-safe.
 *
 * @param faults loss, duplication and cut links
 * @param jitter mean of the exponentially distributed extra delay, as a share of the delay without it, 0 to 10; jitter
 *     reorders datagrams
 * @param bandwidth capacity of uplinks and downlinks
 */
public record LinkSettings(LinkFaults faults, double jitter, Bandwidth bandwidth) {

    /** No faults, a jitter of 5 %, unlimited bandwidth. */
    public static final LinkSettings CALM = new LinkSettings(LinkFaults.NONE, 0.05, Bandwidth.UNLIMITED);

    private static final double MAX_JITTER = 10;

    /**
     * Validates the range.
     *
     * @throws IllegalArgumentException if the jitter is out of range
     */
    public LinkSettings {
        if (!(jitter >= 0 && jitter <= MAX_JITTER)) {
            throw new IllegalArgumentException("jitter: " + jitter + "; must be 0 to " + (int) MAX_JITTER);
        }
    }

    /** Returns these links without faults. Jitter and bandwidth stay as they are. */
    public LinkSettings mended() {
        return new LinkSettings(LinkFaults.NONE, jitter, bandwidth);
    }

    /** Returns these links with another loss. */
    public LinkSettings withLoss(double other) {
        return withFaults(faults.withLoss(other));
    }

    /** Returns these links with another share of duplicates. */
    public LinkSettings withDuplication(double other) {
        return withFaults(faults.withDuplication(other));
    }

    /** Returns these links with another share of cut links. */
    public LinkSettings withCut(double other) {
        return withFaults(faults.withCut(other));
    }

    private LinkSettings withFaults(LinkFaults other) {
        return new LinkSettings(other, jitter, bandwidth);
    }

    /** Returns these links with another jitter. */
    public LinkSettings withJitter(double other) {
        return new LinkSettings(faults, other, bandwidth);
    }

    /** Returns these links with another bandwidth. */
    public LinkSettings withBitsPerSecond(long other) {
        return new LinkSettings(faults, jitter, bandwidth.withBitsPerSecond(other));
    }
}
