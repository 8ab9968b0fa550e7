package io.a2al.core.push;

import java.time.Duration;

/**
 * Subscriptions, both sides. Immutable; thread-safe.
 *
 * @param lifetime how long a subscription holds unless it is renewed (node.md section 18)
 * @param serving what is done for others
 * @param listening what is done for applications of our own
 */
public record PushSettings(Duration lifetime, Serving serving, Listening listening) {

    /** What a node in the open network uses. */
    public static final PushSettings DEFAULT = new PushSettings(
            Duration.ofSeconds(60),
            new Serving(16, 64, 10_000, 4),
            new Listening(
                    256,
                    4,
                    Duration.ofSeconds(45),
                    Duration.ofHours(1),
                    Duration.ofSeconds(15),
                    Duration.ofMinutes(5),
                    0.2,
                    4096));

    /**
     * What is done for others (known-defects D-47).
     *
     * @param perKey subscribers of one key
     * @param perPeer keys one peer is subscribed at
     * @param total subscriptions altogether
     * @param maxBacklog records that wait for one subscriber while a push to it is under way
     */
    public record Serving(int perKey, int perPeer, int total, int maxBacklog) {}

    /**
     * What is done for applications of our own.
     *
     * @param maxListeners listeners at a time
     * @param replicas nodes asked to push, for each listener
     * @param renewAfter when a subscription is asked for anew; before its end, so that there is no gap
     * @param tryAgainAfter how long a node that did not react to a subscription is not bothered with another
     * @param firstPoll how soon to look again after something new was found
     * @param maxPoll how seldom to look at the most
     * @param jitter share by which each wait varies, so that listeners do not march in step
     * @param maxRemembered slots whose latest record is remembered, for each listener, so that it is not told twice
     */
    public record Listening(
            int maxListeners,
            int replicas,
            Duration renewAfter,
            Duration tryAgainAfter,
            Duration firstPoll,
            Duration maxPoll,
            double jitter,
            int maxRemembered) {}

    /** The same with another way of listening. */
    public PushSettings withListening(Listening other) {
        return new PushSettings(lifetime, serving, other);
    }

    /** The same with other limits of what is done for others. */
    public PushSettings withServing(Serving other) {
        return new PushSettings(lifetime, other, listening);
    }
}
