package io.a2al.core.guard;

import io.a2al.core.api.Admission;
import io.a2al.core.bounds.Occupancy;
import java.util.Map;

/**
 * Numbers about how the node protects itself and others, since the start. Immutable; thread-safe.
 *
 * @param watched endpoints that sent something lately and have not proven to be there
 * @param proven endpoints that have
 * @param admissions datagrams by what the first look at them said; every verdict has an entry
 * @param repliesShortened answers that were kept short because the asker has not proven to be there
 * @param repliesWithheld requests that were not answered at all for that reason
 * @param pingsWithheld PINGs to strangers that were not sent for that reason
 * @param hearsayWithheld requests that were not sent to an address told by others, because it got enough of them
 * @param echoesRemembered echoes that will not be sent again
 * @param echoesSent echo probes that were returned
 * @param echoesRefused echo probes that were not
 */
public record GuardStatistics(
        Occupancy watched,
        Occupancy proven,
        Map<Admission, Long> admissions,
        long repliesShortened,
        long repliesWithheld,
        long pingsWithheld,
        long hearsayWithheld,
        Occupancy echoesRemembered,
        long echoesSent,
        long echoesRefused) {

    /** Copies the map. */
    public GuardStatistics {
        admissions = Map.copyOf(admissions);
    }
}
