package io.a2al.core.push;

import io.a2al.core.bounds.Occupancy;

/**
 * Statistics of subscriptions, both sides. Immutable; thread-safe.
 *
 * @param subscribers subscriptions of other nodes at ours
 * @param listeners listeners of our applications
 * @param triedReplicas nodes that were asked to push and have not shown that they can
 * @param subscribersRefused subscriptions refused because of a limit, since the start
 * @param pushesSent records pushed to other nodes, since the start
 * @param pushesAcknowledged those that were acknowledged
 * @param pushesAccepted records pushed to us, since the start
 * @param pushesRefused pushes to us that no listener expected, or whose record was not acceptable
 */
public record PushStatistics(
        Occupancy subscribers,
        Occupancy listeners,
        Occupancy triedReplicas,
        long subscribersRefused,
        long pushesSent,
        long pushesAcknowledged,
        long pushesAccepted,
        long pushesRefused) {

    /** Returns the statistics of both sides. */
    public static PushStatistics of(PushService pushes, ListenService listening) {
        return new PushStatistics(
                pushes.subscribers().occupancy(),
                listening.occupancy(),
                listening.triedReplicas(),
                pushes.subscribers().refused(),
                pushes.sent(),
                pushes.acknowledged(),
                listening.accepted(),
                listening.refused());
    }
}
