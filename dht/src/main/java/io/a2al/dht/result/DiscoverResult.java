package io.a2al.dht.result;

import io.a2al.core.api.LookupReport;
import java.util.List;

/**
 * The entries found under a topic, newest first.
 *
 * @param entries those that the filter let pass; perhaps none
 * @param report how the lookup went
 */
public record DiscoverResult(List<TopicEntry> entries, LookupReport report) {

    /** Copies the list. */
    public DiscoverResult {
        entries = List.copyOf(entries);
    }
}
