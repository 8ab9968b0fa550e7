package io.a2al.core.api;

import java.time.Duration;
import java.util.List;

/**
 * How a lookup went. Immutable; thread-safe.
 *
 * @param asked nodes asked
 * @param answered nodes that answered
 * @param hops referrals between our own table and the farthest node that answered; 0 if all were known before
 * @param elapsed from start to end
 * @param complete false if the deadline ended it, so that the result may be incomplete, or if it did not keep the
 *     promise of {@link Freshness#MAJORITY}
 * @param holders nodes that returned records, in the order of their answers, the first 64; our own store is not counted
 * @param surrounded true if the nodes nearest to the key are improbably dense, as if an attacker surrounded it; more
 *     nodes around it were asked then
 */
public record LookupReport(
        int asked,
        int answered,
        int hops,
        Duration elapsed,
        boolean complete,
        List<Holder> holders,
        boolean surrounded) {

    /** The report of a lookup that sent no request. */
    public static final LookupReport NO_REQUESTS = new LookupReport(0, 0, 0, Duration.ZERO, true, List.of(), false);

    /** Copies the list. */
    public LookupReport {
        holders = List.copyOf(holders);
    }

    /** Returns how many of the holders returned the newest record of all that were found. */
    public int agreeing() {
        return (int) holders.stream().filter(Holder::newest).count();
    }
}
