package io.a2al.bench.load;

import java.util.Arrays;

/**
 * Which requests of a batch are under way. They are sent in the order of their numbers, so that the oldest one is found
 * without a queue. Times in nanoseconds. Not thread-safe.
 */
final class InFlight {

    private static final long NEVER = Long.MIN_VALUE;

    private final long[] sentAt;
    private final long patience;
    private int next;
    private int oldest;
    private int underWay;

    /**
     * None of {@code size} requests was sent yet.
     *
     * @param patience after which a request is given up
     */
    InFlight(int size, long patience) {
        this.sentAt = new long[size];
        this.patience = patience;
        Arrays.fill(sentAt, NEVER);
    }

    /** Number of the next request to send; the size of the batch if all were. */
    int next() {
        return next;
    }

    boolean hasNext() {
        return next < sentAt.length;
    }

    /** Notes that the next request was sent. */
    void sent(long now) {
        sentAt[next++] = now;
        underWay++;
    }

    /** Requests that are neither answered nor given up. */
    int underWay() {
        return underWay;
    }

    /** Notes an answer; the time it took, or -1 if nobody waits for it, because it is the second one or too late. */
    long answered(int number, long now) {
        if (number < 0 || number >= next || sentAt[number] == NEVER) {
            return -1;
        }
        long took = now - sentAt[number];
        sentAt[number] = NEVER;
        underWay--;
        return took;
    }

    /** Gives up what was sent too long ago, and says how many these are. */
    int giveUp(long now) {
        int lost = 0;
        while (oldest < next && (sentAt[oldest] == NEVER || now - sentAt[oldest] >= patience)) {
            if (sentAt[oldest] != NEVER) {
                sentAt[oldest] = NEVER;
                underWay--;
                lost++;
            }
            oldest++;
        }
        return lost;
    }
}
