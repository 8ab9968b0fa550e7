package io.a2al.dht.result;

import io.a2al.core.api.PublicationState;
import java.util.List;

/**
 * The replicas of all records of one address at one key. Immutable; thread-safe.
 *
 * @param confirmed replicas of the latest records at nodes that confirmed them and answered the last time they were
 *     asked
 * @param total all replicas that are maintained, including those at suspect nodes and those of older records
 */
public record ReplicaCounts(int confirmed, int total) {

    /** Returns the sums over these publications. */
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
