package io.a2al.dht.result;

import io.a2al.core.api.LookupReport;
import io.a2al.protocol.message.Contact;
import java.util.List;

/**
 * The nodes nearest to a key that answered. Immutable; thread-safe.
 *
 * @param nodes nearest first, at most 16; may be empty
 * @param report how the lookup went
 */
public record NodesResult(List<Contact> nodes, LookupReport report) {

    /** Copies the list. */
    public NodesResult {
        nodes = List.copyOf(nodes);
    }
}
