package io.a2al.core.rpc;

import java.time.Duration;

/**
 * How single requests are made. Immutable; thread-safe.
 *
 * @param timeout how long a request may take, repetitions included
 * @param retry when a request is repeated
 * @param padding when a request is padded
 * @param maxPending requests under way
 * @param maxPeersRemembered peers whose health and protocol version are remembered
 */
public record RequestSettings(
        Duration timeout, RetryPolicy retry, Padding padding, int maxPending, int maxPeersRemembered) {

    /** 2 seconds; 8192 requests under way; 10,000 peers. */
    public static final RequestSettings DEFAULT =
            new RequestSettings(Duration.ofSeconds(2), RetryPolicy.DEFAULT, Padding.DEFAULT, 8192, 10_000);

    /**
     * When requests are padded; see {@link RequestPadding}. One of an interval of requests to new nodes is left
     * without, as a trial.
     *
     * @param settling a proof of our own address counts after this time, as the answer that makes it may be lost and
     *     repeated
     * @param firstInterval requests for one trial, before anything is known about the network
     * @param longestInterval the same if no node is found that needs no padding
     */
    public record Padding(Duration settling, int firstInterval, int longestInterval) {

        /** 2 seconds; one in 16, one in 64. */
        public static final Padding DEFAULT = new Padding(Duration.ofSeconds(2), 16, 64);

        /** Checks the ranges. */
        public Padding {
            if (firstInterval < 1 || longestInterval < firstInterval) {
                throw new IllegalArgumentException("requests for one without padding: " + firstInterval + ", at most "
                        + longestInterval + "; there must be at least one, and at most as many as in the end");
            }
        }
    }

    /** Returns these settings with another limit of requests under way. */
    public RequestSettings withMaxPending(int limit) {
        return new RequestSettings(timeout, retry, padding, limit, maxPeersRemembered);
    }

    /** Returns these settings with another limit of peers remembered. */
    public RequestSettings withMaxPeersRemembered(int limit) {
        return new RequestSettings(timeout, retry, padding, maxPending, limit);
    }
}
