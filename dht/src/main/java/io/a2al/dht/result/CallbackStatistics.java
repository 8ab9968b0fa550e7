package io.a2al.dht.result;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How often application code that the node called has thrown, since the node was built. Immutable; thread-safe.
 *
 * @param failures the number of calls that threw, by kind; every kind has an entry
 */
public record CallbackStatistics(Map<CallbackKind, Long> failures) {

    /** Copies the map. */
    public CallbackStatistics {
        failures = Collections.unmodifiableMap(new EnumMap<>(failures));
    }

    /** Returns the number of all calls that threw. */
    public long failuresTotal() {
        return failures.values().stream().mapToLong(Long::longValue).sum();
    }
}
