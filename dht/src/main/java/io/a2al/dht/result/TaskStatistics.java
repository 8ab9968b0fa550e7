package io.a2al.dht.result;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How often the node's own tasks have failed since the node was built. Each failure is a defect of the node or a lack
 * of memory, and is logged. Immutable; thread-safe.
 *
 * @param failures the number of tasks that failed, by kind; every kind has an entry
 */
public record TaskStatistics(Map<TaskKind, Long> failures) {

    /** Copies the map. */
    public TaskStatistics {
        failures = Collections.unmodifiableMap(new EnumMap<>(failures));
    }

    /** Returns the number of all tasks that failed. */
    public long failuresTotal() {
        return failures.values().stream().mapToLong(Long::longValue).sum();
    }
}
