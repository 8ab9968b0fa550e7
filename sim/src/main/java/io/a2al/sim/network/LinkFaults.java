package io.a2al.sim.network;

/**
 * The faults of links. Immutable; thread-safe.
 *
 * @param loss share of datagrams that are lost at random, 0 to 1
 * @param duplication share of datagrams that arrive twice, 0 to 1
 * @param cut share of links, 0 to 1, that never carry a datagram in one direction
 */
public record LinkFaults(double loss, double duplication, double cut) {

    /** No faults. */
    public static final LinkFaults NONE = new LinkFaults(0, 0, 0);

    /**
     * Validates the ranges.
     *
     * @throws IllegalArgumentException naming the value that is out of range
     */
    public LinkFaults {
        checkShare("loss", loss);
        checkShare("duplication", duplication);
        checkShare("share of cut links", cut);
    }

    private static void checkShare(String what, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(what + ": " + share + "; must be 0 to 1");
        }
    }

    /** Returns these faults with another loss. */
    public LinkFaults withLoss(double other) {
        return new LinkFaults(other, duplication, cut);
    }

    /** Returns these faults with another share of duplicates. */
    public LinkFaults withDuplication(double other) {
        return new LinkFaults(loss, other, cut);
    }

    /** Returns these faults with another share of cut links. */
    public LinkFaults withCut(double other) {
        return new LinkFaults(loss, duplication, other);
    }
}
