package io.a2al.dht.result;

import io.a2al.core.api.PublicationState;
import java.util.List;

/**
 * How widely the records of one address at one key are held, taken together. Immutable; thread-safe.
 *
 * @param confirmed copies of the latest records at nodes that confirmed them and answered the last time they were asked
 * @param total copies that are looked after, the doubtful ones and those of older records included
 */
public record ReplicaCounts(int confirmed, int total) {

    public static ReplicaCounts of(List<PublicationState> states) {
        int confirmed = 0;
        int total = 0;
        for (PublicationState state : states) {
            confirmed += state.confirmed();
            total += (int) state.replicas().stream()
                    .filter(PublicationState.Replica::isHolder)
                    .count();
        }
        return new ReplicaCounts(confirmed, total);
    }
}
