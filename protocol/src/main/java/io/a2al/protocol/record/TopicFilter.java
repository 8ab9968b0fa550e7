package io.a2al.protocol.record;

import java.util.List;

/**
 * Selects entries of a topic: those with at least one of the protocols, if any are given, and with all of the tags
 * (wire.md 11.3). Immutable, with value equality; thread-safe.
 *
 * @param protocols accepted protocols; empty to accept any
 * @param tags required tags; empty to require none
 */
public record TopicFilter(List<String> protocols, List<String> tags) {

    /** Selects every entry. */
    public static final TopicFilter ALL = new TopicFilter(List.of(), List.of());

    /** Copies the lists. */
    public TopicFilter {
        protocols = List.copyOf(protocols);
        tags = List.copyOf(tags);
    }

    /** Returns true if the filter selects {@code entry}. */
    public boolean matches(TopicPayload entry) {
        return (protocols.isEmpty() || protocols.stream().anyMatch(entry.protocols()::contains))
                && entry.tags().containsAll(tags);
    }
}
