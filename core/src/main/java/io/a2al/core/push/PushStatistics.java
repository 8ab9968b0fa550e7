package io.a2al.core.push;

import io.a2al.core.bounds.Occupancy;

/**
 * Numbers about subscriptions, both sides. Immutable; thread-safe.
 *
 * @param subscribers subscriptions of others with us
 * @param listeners listeners of our own
 * @param triedReplicas nodes that were asked to push and have not shown that they can
 * @param subscribersRefused wishes to subscribe that a limit stood against, since the start
 * @param pushesSent records pushed to others, since the start
 * @param pushesAcknowledged those that were acknowledged
 * @param pushesAccepted records pushed to us, since the start
 * @param pushesRefused pushes that nobody had asked for, or whose record was not acceptable
 */
public record PushStatistics(
        Occupancy subscribers,
        Occupancy listeners,
        Occupancy triedReplicas,
        long subscribersRefused,
        long pushesSent,
        long pushesAcknowledged,
        long pushesAccepted,
        long pushesRefused) {}
