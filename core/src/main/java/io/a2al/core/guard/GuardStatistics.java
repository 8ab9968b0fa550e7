package io.a2al.core.guard;

import io.a2al.core.api.Admission;
import io.a2al.core.bounds.Occupancy;
import java.util.Map;

/**
 * How the node protected itself and other machines since the start. Immutable; thread-safe.
 *
 * @param watched unverified addresses that sent something recently
 * @param proven verified addresses that are remembered
 * @param admissions datagrams by what was decided before their signature was checked; every value has an entry
 * @param repliesShortened answers that were truncated because the address of the sender is unverified
 * @param repliesWithheld requests that were not answered for that reason
 * @param pingsWithheld PINGs to unverified addresses that were not sent for that reason
 * @param hearsayWithheld requests that were not sent to an address that peers reported, because it got enough of them
 * @param replays requests that were dropped because they repeated an earlier one too often, or from elsewhere
 * @param echoesRemembered echoes that are remembered so as not to be sent again
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
        long replays,
        Occupancy echoesRemembered,
        long echoesSent,
        long echoesRefused) {

    /** Copies the map. */
    public GuardStatistics {
        admissions = Map.copyOf(admissions);
    }
}
