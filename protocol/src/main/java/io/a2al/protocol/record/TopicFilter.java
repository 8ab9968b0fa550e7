package io.a2al.protocol.record;

import java.util.List;

/**
 * Which entries of a topic a reader wants: those with at least one of the protocols, when any are given, and with all
 * of the tags (wire.md 11.3). Immutable and thread-safe.
 *
 * @param protocols wanted protocols; empty for any
 * @param tags demanded tags; empty for none
 */
public record TopicFilter(List<String> protocols, List<String> tags) {

    /** Lets every entry pass. */
    public static final TopicFilter ALL = new TopicFilter(List.of(), List.of());

    /** Copies the lists. */
    public TopicFilter {
        protocols = List.copyOf(protocols);
        tags = List.copyOf(tags);
    }

    /** True if an entry passes. */
    public boolean matches(TopicPayload entry) {
        return (protocols.isEmpty() || protocols.stream().anyMatch(entry.protocols()::contains))
                && entry.tags().containsAll(tags);
    }
}
