package io.a2al.core.rpc;

import java.time.Duration;

/**
 * How single requests are made. Immutable; thread-safe.
 *
 * @param timeout how long a request may take, repetitions included
 * @param retry when a request is repeated
 * @param maxPending requests under way
 * @param maxPeersRemembered peers whose health and protocol version are remembered
 */
public record RequestSettings(Duration timeout, RetryPolicy retry, int maxPending, int maxPeersRemembered) {

    /** 2 seconds; 8192 requests under way; 10,000 peers. */
    public static final RequestSettings DEFAULT =
            new RequestSettings(Duration.ofSeconds(2), RetryPolicy.DEFAULT, 8192, 10_000);

    /** Returns these settings with another limit of requests under way. */
    public RequestSettings withMaxPending(int limit) {
        return new RequestSettings(timeout, retry, limit, maxPeersRemembered);
    }

    /** Returns these settings with another limit of peers remembered. */
    public RequestSettings withMaxPeersRemembered(int limit) {
        return new RequestSettings(timeout, retry, maxPending, limit);
    }
}
