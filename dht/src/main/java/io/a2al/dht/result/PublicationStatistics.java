package io.a2al.dht.result;

import io.a2al.core.publish.ReplicaTotals;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How the records are held that a node publishes, and how their renewals ended. Immutable; thread-safe.
 *
 * @param replicas how widely all records together are held
 * @param renewals renewals since the node was built, by outcome; every outcome has an entry
 */
public record PublicationStatistics(ReplicaTotals replicas, Map<RenewalOutcome, Long> renewals) {

    /** Copies the map. */
    public PublicationStatistics {
        renewals = Collections.unmodifiableMap(new EnumMap<>(renewals));
    }
}
