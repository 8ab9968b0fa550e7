package io.a2al.core.liveness;

import java.time.Duration;

/**
 * When silence is taken for an outage of our own network. Immutable; thread-safe.
 *
 * @param silentPeers so many different peers, each of which had answered its last request, ...
 * @param silentWithin ... fall silent within this time, and nobody answers meanwhile
 * @param silentFor or: nobody answers for this long although such peers are asked
 */
public record ConnectivitySettings(int silentPeers, Duration silentWithin, Duration silentFor) {

    /** Four peers within 15 s, or 45 s without an answer (known-defects D-12). */
    public static final ConnectivitySettings DEFAULT =
            new ConnectivitySettings(4, Duration.ofSeconds(15), Duration.ofSeconds(45));
}
