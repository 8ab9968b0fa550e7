package io.a2al.core.routing;

import java.time.Duration;

/**
 * How contacts are verified, and how many peers are remembered beside the routing table. Immutable; thread-safe.
 *
 * @param verification how contacts are verified
 * @param maxRecentContacts peers that answered lately and are remembered although the routing table has no place for
 *     them; a lookup starts from them as it does from the routing table
 * @param recentContactLifetime how long such a peer is remembered after its latest answer
 * @param maxSeenPeers peers of the last seven days that are remembered (known-defects D-38)
 */
public record RoutingSettings(
        Verification verification, int maxRecentContacts, Duration recentContactLifetime, int maxSeenPeers) {

    /** 64 PINGs at a time; 1024 recent contacts for half an hour; 100,000 peers seen. */
    public static final RoutingSettings DEFAULT =
            new RoutingSettings(Verification.DEFAULT, 1024, Duration.ofMinutes(30), 100_000);

    /**
     * How contacts are verified.
     *
     * @param maxProofs PINGs under way that verify an address
     * @param recheckAfter a contact that is heard from at another address is pinged at its known one, at most once in
     *     this time
     * @param checkOldestAfter a newcomer to a full bucket leads to a PING of the bucket's oldest contact if that did
     *     not answer within this time
     */
    public record Verification(int maxProofs, Duration recheckAfter, Duration checkOldestAfter) {

        /** 64 PINGs; 5 seconds; 15 minutes. */
        public static final Verification DEFAULT = new Verification(64, Duration.ofSeconds(5), Duration.ofMinutes(15));
    }

    /** Returns these settings with contacts verified in another way. */
    public RoutingSettings withVerification(Verification other) {
        return new RoutingSettings(other, maxRecentContacts, recentContactLifetime, maxSeenPeers);
    }

    /** Returns these settings with another limit of recent contacts. */
    public RoutingSettings withMaxRecentContacts(int limit) {
        return new RoutingSettings(verification, limit, recentContactLifetime, maxSeenPeers);
    }

    /** Returns these settings with another limit of peers seen. */
    public RoutingSettings withMaxSeenPeers(int limit) {
        return new RoutingSettings(verification, maxRecentContacts, recentContactLifetime, limit);
    }
}
