package io.a2al.app.client;

import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.Nodes;
import io.a2al.dht.DhtNode;
import io.a2al.dht.DhtNodeBuilder;
import io.a2al.dht.peers.SeedSource;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a command's own node joins the network: by all of these at once.
 *
 * @param seeds addresses that were named
 * @param sources others that have to be asked or read for addresses
 */
record WaysIn(List<InetSocketAddress> seeds, List<SeedSource> sources) {

    WaysIn {
        seeds = List.copyOf(seeds);
        sources = List.copyOf(sources);
    }

    boolean isNone() {
        return seeds.isEmpty() && sources.isEmpty();
    }

    /** Prepares a node to join through the sources. */
    DhtNodeBuilder configure(DhtNodeBuilder builder) {
        if (!sources.isEmpty()) {
            builder.seeds(seeds);
            sources.forEach(builder::seedSource);
        }
        return builder;
    }

    /** Joins, or says which ways led to no node. */
    void join(DhtNode node) throws CommandException, InterruptedException {
        if (sources.isEmpty()) {
            Nodes.join(node, seeds);
        } else if (!node.join().isConnected()) {
            String tried = Stream.concat(
                            seeds.isEmpty() ? Stream.empty() : Stream.of("the nodes that are named"),
                            sources.stream().map(SeedSource::description))
                    .collect(Collectors.joining(", "));
            throw CommandException.noNetwork(
                    "no answer from any node of " + tried + "; name one that runs with --bootstrap HOST:PORT");
        }
    }
}
