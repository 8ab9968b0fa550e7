package io.a2al.bench.load;

import java.util.Arrays;

/**
 * The requests of a batch that are in flight: sent, but neither answered nor timed out. Requests are sent in the order
 * of their numbers, so the oldest one is found without a queue. All times are in nanoseconds. Not thread-safe.
 */
final class InFlight {

    private static final long NEVER = Long.MIN_VALUE;

    private final long[] sentAt;
    private final long timeout;
    private int next;
    private int oldest;
    private int inFlight;

    /**
     * Creates the state for a batch of which no request has been sent.
     *
     * @param batchSize number of requests in the batch
     * @param timeout time after which a request without an answer is lost
     */
    InFlight(int batchSize, long timeout) {
        this.sentAt = new long[batchSize];
        this.timeout = timeout;
        Arrays.fill(sentAt, NEVER);
    }

    /** Returns the number of the next request to send; the size of the batch if all have been sent. */
    int next() {
        return next;
    }

    boolean hasNext() {
        return next < sentAt.length;
    }

    /** Records that the next request was sent at {@code now}. */
    void sent(long now) {
        sentAt[next++] = now;
        inFlight++;
    }

    /** Returns the number of requests in flight. */
    int size() {
        return inFlight;
    }

    /**
     * Records an answer.
     *
     * @return the time since the request was sent, or -1 if the request is not in flight, because the answer is a
     *     duplicate or late
     */
    long answered(int number, long now) {
        if (number < 0 || number >= next || sentAt[number] == NEVER) {
            return -1;
        }
        long latency = now - sentAt[number];
        sentAt[number] = NEVER;
        inFlight--;
        return latency;
    }

    /** Removes requests that have timed out and returns their number. */
    int expire(long now) {
        int lost = 0;
        while (oldest < next && (sentAt[oldest] == NEVER || now - sentAt[oldest] >= timeout)) {
            if (sentAt[oldest] != NEVER) {
                sentAt[oldest] = NEVER;
                inFlight--;
                lost++;
            }
            oldest++;
        }
        return lost;
    }
}
