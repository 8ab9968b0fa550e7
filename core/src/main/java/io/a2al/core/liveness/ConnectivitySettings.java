package io.a2al.core.liveness;

import java.time.Duration;

/**
 * When timeouts are taken for an outage of our own network, and what they mean for a peer otherwise. Immutable;
 * thread-safe.
 *
 * @param silentPeers so many different peers, each of which had answered its latest request, ...
 * @param silentWithin ... time out within this time, and no peer answers meanwhile
 * @param silentFor or: no peer answers for this long although such peers are asked
 * @param health what timeouts mean for a peer while our own network works
 */
public record ConnectivitySettings(
        int silentPeers, Duration silentWithin, Duration silentFor, PeerHealthSettings health) {

    /** Four peers within 15 s, or 45 s without an answer (known-defects D-12). */
    public static final ConnectivitySettings DEFAULT =
            new ConnectivitySettings(4, Duration.ofSeconds(15), Duration.ofSeconds(45), PeerHealthSettings.DEFAULT);
}
