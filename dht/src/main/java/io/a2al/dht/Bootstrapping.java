package io.a2al.dht;

import io.a2al.core.api.Command;
import io.a2al.core.api.Outcome;
import io.a2al.dht.logging.RateLimitedLogger;
import io.a2al.dht.peers.SeedSource;
import io.a2al.dht.result.CallbackKind;
import io.a2al.dht.result.JoinResult;
import io.a2al.dht.result.NodeClosedException;
import io.a2al.dht.shell.Operations;
import io.a2al.dht.transport.Endpoints;
import io.a2al.dht.transport.HostResolver;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Joins the network (node.md section 11). All sources of seeds are asked at once, and the seeds of each are tried as
 * soon as it has answered, so that a slow source delays nothing. Thread-safe.
 */
final class Bootstrapping {

    /** Longest time that joining waits for the seeds' answers. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Operations operations;
    private final List<SeedSource> sources;
    private final HostResolver resolver;
    private final Executor blocking;
    private final ApplicationCalls calls;
    private final RateLimitedLogger log;

    /** The seeds of sources that have not answered yet. */
    private final Map<Long, CompletableFuture<List<InetSocketAddress>>> reading = new ConcurrentHashMap<>();

    /** Sources by the name and port that the application gave, given longest ago first; guarded by itself. */
    private final SequencedMap<String, SeedSource> named = new LinkedHashMap<>();

    private final AtomicLong nextReading = new AtomicLong();

    private volatile boolean closed;

    /**
     * Joins through these sources.
     *
     * @param resolver resolves host names
     * @param blocking runs what blocks
     */
    Bootstrapping(
            Operations operations,
            List<SeedSource> sources,
            HostResolver resolver,
            Executor blocking,
            ApplicationCalls calls,
            RateLimitedLogger log) {
        this.operations = operations;
        this.sources = List.copyOf(sources);
        this.resolver = resolver;
        this.blocking = blocking;
        this.calls = calls;
        this.log = log;
    }

    /**
     * Joins through these addresses, whichever nodes are there. Names are resolved on other threads, each by itself,
     * and again whenever the node looks for seeds.
     *
     * @throws IllegalArgumentException if no node can be at one of them
     */
    CompletableFuture<JoinResult> through(List<InetSocketAddress> seeds) {
        seeds.forEach(Endpoints::requireDialable);
        List<InetSocketAddress> names =
                seeds.stream().filter(InetSocketAddress::isUnresolved).toList();
        List<InetSocketAddress> addresses =
                seeds.stream().filter(seed -> !seed.isUnresolved()).toList();
        if (names.isEmpty()) {
            return ask(addresses);
        }
        List<CompletableFuture<JoinResult>> attempts = new ArrayList<>();
        if (!addresses.isEmpty()) {
            attempts.add(ask(addresses));
        }
        for (InetSocketAddress name : names) {
            attempts.add(attempt(remembered(name)));
        }
        return first(attempts);
    }

    /** Returns the source for a name, which is asked again later; the name given longest ago is forgotten. */
    private SeedSource remembered(InetSocketAddress name) {
        synchronized (named) {
            SeedSource source = SeedSource.configured(List.of(name), resolver);
            named.putLast(name.getHostString() + ":" + name.getPort(), source);
            if (named.size() > SeedSource.MAX_SEEDS) {
                named.pollFirstEntry();
            }
            return source;
        }
    }

    private CompletableFuture<JoinResult> ask(List<InetSocketAddress> seeds) {
        List<Endpoint> endpoints = seeds.stream().map(Endpoints::of).distinct().toList();
        return submit(new Command.Bootstrap(endpoints, List.of(), TIMEOUT));
    }

    /** Joins through these nodes; another node at one of their addresses does not count. */
    CompletableFuture<JoinResult> throughContacts(List<Contact> seeds) {
        return submit(new Command.Bootstrap(List.of(), seeds, TIMEOUT));
    }

    private CompletableFuture<JoinResult> submit(Command.Bootstrap command) {
        return Futures.derive(operations.submit(command), outcome -> switch (outcome) {
            case Outcome.Joined(int answered, int asked, int known) -> new JoinResult(answered, asked, known);
            default -> throw Operations.unexpected(outcome);
        });
    }

    /** Joins through all sources; completes with the first that led to a node, or when all have been tried. */
    CompletableFuture<JoinResult> join() {
        if (sources.isEmpty()) {
            return ask(List.of());
        }
        return first(sources.stream().map(this::attempt).toList());
    }

    /** Returns the first attempt that led to a node, or the sum of all if none did. */
    private static CompletableFuture<JoinResult> first(List<CompletableFuture<JoinResult>> attempts) {
        CompletableFuture<JoinResult> connected = new CompletableFuture<>();
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
                        connected.completeExceptionally(Futures.cause(failure));
                    } else {
                        connected.complete(attempts.stream()
                                .map(CompletableFuture::join)
                                .reduce(new JoinResult(0, 0, 0), Bootstrapping::both));
                    }
                });
        // Other attempts go on after the first success, as each may add contacts; after a cancellation none does.
        var _ = connected.exceptionally(failure -> {
            attempts.forEach(attempt -> attempt.cancel(false));
            return new JoinResult(0, 0, 0);
        });
        return Futures.derive(connected, result -> result);
    }

    private CompletableFuture<JoinResult> attempt(SeedSource source) {
        return Futures.compose(seedsOf(source), this::ask);
    }

    /** Reads a source on another thread. */
    private CompletableFuture<List<InetSocketAddress>> seedsOf(SeedSource source) {
        CompletableFuture<List<InetSocketAddress>> seeds = new CompletableFuture<>();
        long number = nextReading.getAndIncrement();
        reading.put(number, seeds);
        var _ = seeds.whenComplete((ignored, failure) -> reading.remove(number));
        if (closed) {
            seeds.completeExceptionally(new NodeClosedException());
        } else {
            blocking.execute(() -> seeds.complete(read(source)));
        }
        return seeds;
    }

    /** Fails what waits for a source, as its thread may not begin any more. */
    void close() {
        closed = true;
        reading.values().forEach(seeds -> seeds.completeExceptionally(new NodeClosedException()));
    }

    /** Asks the sources again, as the core knows too few nodes and their addresses may have changed. */
    void joinAgain() {
        List<SeedSource> all = new ArrayList<>(sources);
        synchronized (named) {
            all.addAll(named.values());
        }
        all.forEach(source -> {
            var _ = Futures.compose(
                    seedsOf(source),
                    seeds -> seeds.isEmpty() ? CompletableFuture.completedFuture(new JoinResult(0, 0, 0)) : ask(seeds));
        });
    }

    private static JoinResult both(JoinResult a, JoinResult b) {
        return new JoinResult(
                a.seedsAnswered() + b.seedsAnswered(),
                a.seedsAsked() + b.seedsAsked(),
                Math.max(a.nodesKnown(), b.nodesKnown()));
    }

    /** Reads a source, which may be the application's own code; empty if that fails. */
    private List<InetSocketAddress> read(SeedSource source) {
        try {
            return source.addresses().stream()
                    .filter(address -> !address.isUnresolved())
                    .filter(address -> Endpoints.of(address).isDialable())
                    .toList();
        } catch (IOException e) {
            // Each source is a kind of its own, so that one that fails does not hide another.
            log.warn("no seeds from " + source.description() + ": {}; the node tries again", e.getMessage());
        } catch (Throwable thrown) {
            calls.onFailure(CallbackKind.SEED_SOURCE, thrown);
        }
        return List.of();
    }
}
