package io.a2al.core.api;

import java.time.Duration;
import java.util.List;

/**
 * How a lookup went. Immutable; thread-safe.
 *
 * @param asked nodes that were asked
 * @param answered nodes that answered
 * @param hops referrals between our own table and the farthest node that answered; 0 if all were known before
 * @param elapsed from start to end
 * @param complete false if the deadline cut it short, so that the result is a part of what there may be
 * @param holders who returned records, in the order of the answers, the first 64; what we hold ourselves is not counted
 */
public record LookupReport(
        int asked, int answered, int hops, Duration elapsed, boolean complete, List<Holder> holders) {

    /** Nobody had to be asked. */
    public static final LookupReport NOBODY_ASKED = new LookupReport(0, 0, 0, Duration.ZERO, true, List.of());

    /** Copies the list. */
    public LookupReport {
        holders = List.copyOf(holders);
    }

    /** How many of the holders returned the newest record of all that were found. */
    public int agreeing() {
        return (int) holders.stream().filter(Holder::newest).count();
    }
}
