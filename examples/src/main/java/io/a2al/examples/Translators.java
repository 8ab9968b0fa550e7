package io.a2al.examples;

import io.a2al.dht.DhtNode;
import io.a2al.dht.result.ResolveResult;
import io.a2al.dht.result.TopicEntry;
import io.a2al.protocol.record.TopicFilter;
import java.util.List;
import java.util.Optional;

/** A part of an application that uses a node; its unit test runs on a network in memory. */
public final class Translators {

    private final DhtNode node;

    /** Looks for translators with {@code node}. */
    public Translators(DhtNode node) {
        this.node = node;
    }

    /** Returns where a translator of a language can be reached, if there is one. */
    public Optional<String> find(String language) throws InterruptedException {
        TopicFilter filter = new TopicFilter(List.of("a2a"), List.of(language));
        for (TopicEntry entry : node.discover("translation", filter).entries()) {
            if (node.resolve(entry.address()) instanceof ResolveResult.Found found) {
                return found.endpoint().payload().endpoints().stream().findFirst();
            }
        }
        return Optional.empty();
    }
}
