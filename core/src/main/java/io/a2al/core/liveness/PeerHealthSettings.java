package io.a2al.core.liveness;

import java.time.Duration;

/**
 * How many failures change what is expected of a peer (node.md section 7). Immutable; thread-safe.
 *
 * @param failuresToBad failures in a row after which a peer is {@link PeerHealth.State#BAD}
 * @param failuresToLost failures in a row after which a contact is removed even if nothing can replace it
 * @param firstPenalty how long a peer is bad after that; doubles with each further failure
 * @param maxDoublings how often it doubles at most
 * @param medianSamples latest round-trip times that the median is taken of; odd, so that one is in the middle
 * @param maxUnconfirmed peers whose failures can be taken back because no peer has answered since
 * @param lostAfter after this long, failures count although no peer has answered since
 */
public record PeerHealthSettings(
        int failuresToBad,
        int failuresToLost,
        Duration firstPenalty,
        int maxDoublings,
        int medianSamples,
        int maxUnconfirmed,
        Duration lostAfter) {

    /**
     * Bad after 2 failures, as a single datagram may be lost; lost after 5; bad for 30 s up to 64 min; 63 round-trip
     * times, sorted for each lookup; 64 peers, more than fail before that is taken for an outage, unless they never
     * answered; 5 minutes.
     */
    public static final PeerHealthSettings DEFAULT =
            new PeerHealthSettings(2, 5, Duration.ofSeconds(30), 7, 63, 64, Duration.ofMinutes(5));

    /** Checks the numbers. */
    public PeerHealthSettings {
        if (failuresToBad < 1 || failuresToLost < failuresToBad || medianSamples < 1) {
            throw new IllegalArgumentException("failures to bad, failures to lost, samples: " + failuresToBad + ", "
                    + failuresToLost + ", " + medianSamples + "; each at least 1, and lost not before bad");
        }
    }
}
