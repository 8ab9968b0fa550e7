package io.a2al.dht;

import io.a2al.core.api.Command;
import io.a2al.core.api.Outcome;
import io.a2al.dht.logging.RateLimitedLogger;
import io.a2al.dht.peers.SeedSource;
import io.a2al.dht.result.JoinResult;
import io.a2al.dht.result.NodeClosedException;
import io.a2al.dht.shell.Operations;
import io.a2al.dht.transport.Endpoints;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * The ways into the network (node.md section 11). All sources are asked together, and each is tried as soon as it has
 * answered, so that the slowest does not matter. Thread-safe.
 */
final class Bootstrapping {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Operations operations;
    private final List<SeedSource> sources;
    private final Executor blocking;
    private final RateLimitedLogger log;

    Bootstrapping(Operations operations, List<SeedSource> sources, Executor blocking, RateLimitedLogger log) {
        this.operations = operations;
        this.sources = List.copyOf(sources);
        this.blocking = blocking;
        this.log = log;
    }

    /** Joins through these addresses, whoever is there. */
    CompletableFuture<JoinResult> through(List<InetSocketAddress> seeds) {
        List<Endpoint> endpoints = seeds.stream().map(Endpoints::of).toList();
        return submit(new Command.Bootstrap(endpoints, List.of(), TIMEOUT));
    }

    /** Joins through these nodes; another one at an address does not count. */
    CompletableFuture<JoinResult> throughContacts(List<Contact> seeds) {
        return submit(new Command.Bootstrap(List.of(), seeds, TIMEOUT));
    }

    private CompletableFuture<JoinResult> submit(Command.Bootstrap command) {
        return operations.submit(command).thenApply(outcome -> switch (outcome) {
            case Outcome.Joined(int answered, int asked, int known) -> new JoinResult(answered, asked, known);
            default -> throw Operations.unexpected(outcome);
        });
    }

    /** Joins through all sources; completes with the first that led anywhere, or when all are through. */
    CompletableFuture<JoinResult> join() {
        if (sources.isEmpty()) {
            return through(List.of());
        }
        CompletableFuture<JoinResult> connected = new CompletableFuture<>();
        List<CompletableFuture<JoinResult>> attempts = sources.stream()
                .map(source -> CompletableFuture.supplyAsync(() -> read(source), blocking)
                        .thenCompose(this::through))
                .toList();
        for (CompletableFuture<JoinResult> attempt : attempts) {
            var _ = attempt.thenAccept(result -> {
                if (result.isConnected()) {
                    connected.complete(result);
                }
            });
        }
        var _ = CompletableFuture.allOf(attempts.toArray(CompletableFuture[]::new))
                .whenComplete((ignored, failure) -> {
                    if (failure != null) {
                        connected.completeExceptionally(failure);
                    } else {
                        connected.complete(attempts.stream()
                                .map(CompletableFuture::join)
                                .reduce(new JoinResult(0, 0, 0), Bootstrapping::both));
                    }
                });
        return connected;
    }

    /** The core knows too few others: asks the sources again, as addresses may have changed. */
    void joinAgain() {
        try {
            sources.forEach(source -> blocking.execute(() -> {
                List<InetSocketAddress> seeds = read(source);
                if (!seeds.isEmpty()) {
                    joinQuietly(seeds);
                }
            }));
        } catch (RejectedExecutionException closing) {
            // A node that is being closed joins nothing.
        }
    }

    private void joinQuietly(List<InetSocketAddress> seeds) {
        try {
            var _ = through(seeds);
        } catch (NodeClosedException closed) {
            // As above.
        }
    }

    private static JoinResult both(JoinResult a, JoinResult b) {
        return new JoinResult(
                a.seedsAnswered() + b.seedsAnswered(),
                a.seedsAsked() + b.seedsAsked(),
                Math.max(a.nodesKnown(), b.nodesKnown()));
    }

    private List<InetSocketAddress> read(SeedSource source) {
        try {
            return source.addresses();
        } catch (IOException e) {
            log.warn("no seeds from {}: {}", source.description(), e.getMessage());
            return List.of();
        }
    }
}
