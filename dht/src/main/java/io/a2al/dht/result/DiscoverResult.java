package io.a2al.dht.result;

import io.a2al.core.api.LookupReport;
import java.util.List;

/**
 * The entries found under a topic. Immutable; thread-safe.
 *
 * @param entries the entries that the filter accepts, newest first; may be empty
 * @param report how the lookup went
 */
public record DiscoverResult(List<TopicEntry> entries, LookupReport report) {

    /** Copies the list. */
    public DiscoverResult {
        entries = List.copyOf(entries);
    }
}
