package io.a2al.core.push;

import java.time.Duration;

/**
 * Subscriptions, both sides. Immutable; thread-safe.
 *
 * @param lifetime how long a subscription lasts unless it is renewed (node.md section 18)
 * @param serving subscriptions of other nodes at ours
 * @param listening listeners of our applications, and their subscriptions at other nodes
 */
public record PushSettings(Duration lifetime, Serving serving, Listening listening) {

    /** What a node in the open network uses. */
    public static final PushSettings DEFAULT = new PushSettings(
            Duration.ofSeconds(60),
            new Serving(16, 64, 10_000, 4),
            new Listening(
                    256,
                    4096,
                    new Subscribing(4, Duration.ofSeconds(45), Duration.ofHours(1)),
                    new Polling(Duration.ofSeconds(15), Duration.ofMinutes(5), Duration.ofSeconds(5), 0.2)));

    /**
     * Subscriptions of other nodes at ours (known-defects D-47). At a key and altogether, a site has at most a quarter
     * of the places, a larger network half of them, and one address family fifteen sixteenths, so that the first
     * subscribers of the other one find a place.
     *
     * @param perKey subscribers of one key
     * @param perPeer keys at which one peer is subscribed
     * @param total subscriptions altogether
     * @param maxBacklog records that wait for one subscriber while a push to it is under way
     */
    public record Serving(int perKey, int perPeer, int total, int maxBacklog) {}

    /**
     * Listeners of our applications.
     *
     * @param maxListeners listeners at a time
     * @param maxRemembered slots whose latest record is remembered for each listener, so that the listener is not told
     *     twice
     * @param subscribing subscriptions at other nodes
     * @param polling lookups for records that no node pushes
     */
    public record Listening(int maxListeners, int maxRemembered, Subscribing subscribing, Polling polling) {}

    /**
     * Subscriptions at other nodes.
     *
     * @param replicas nodes asked to push, for each listener
     * @param renewAfter age at which a subscription is renewed; less than its lifetime, so that there is no gap
     * @param tryAgainAfter how long a node that did not react to a subscription is not sent another one (known-defects
     *     D-46)
     */
    public record Subscribing(int replicas, Duration renewAfter, Duration tryAgainAfter) {}

    /**
     * Lookups for records that no node pushes.
     *
     * @param first wait before the next lookup after something new was found; doubles each time
     * @param longest upper bound of the wait
     * @param afterOutage after an outage each listener looks up within this time, at random, so that they do not all do
     *     it at once
     * @param jitter share by which each wait varies at random, so that listeners do not look up at the same time
     */
    public record Polling(Duration first, Duration longest, Duration afterOutage, double jitter) {}

    /** Returns these settings with another limit of listeners. */
    public PushSettings withMaxListeners(int limit) {
        return new PushSettings(
                lifetime,
                serving,
                new Listening(limit, listening.maxRemembered(), listening.subscribing(), listening.polling()));
    }

    /** Returns these settings with other limits of subscriptions of other nodes. */
    public PushSettings withServing(Serving other) {
        return new PushSettings(lifetime, other, listening);
    }
}
