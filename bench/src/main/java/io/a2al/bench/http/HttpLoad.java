package io.a2al.bench.http;

import io.a2al.bench.load.CpuTime;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Applies load to the HTTP interface of a node, while it answers PINGs as well. Stateless. */
public final class HttpLoad {

    /** How long the readers have to get their streams. */
    private static final Duration OPENING = Duration.ofSeconds(60);

    private HttpLoad() {}

    /**
     * Measures PINGs without load, opens the readers, warms up, and measures. Blocks meanwhile; two threads are used.
     *
     * @param node where the node answers datagrams
     * @param api where it serves HTTP, to this machine without a token
     * @param addresses what is resolved, in turn
     * @param pid the node's process on this machine
     * @throws IOException if a socket fails, or not all readers get a stream
     */
    public static HttpLoadReport run(
            InetSocketAddress node, InetSocketAddress api, List<String> addresses, long pid, HttpLoadSettings settings)
            throws IOException {
        CpuTime server = CpuTime.of(OptionalLong.of(pid));
        CpuTime own = CpuTime.own();
        List<String> paths = addresses.stream()
                .map(address -> "/v1/resolve/" + address + "?fresh=" + settings.fresh())
                .toList();
        try (PingTimer pings = new PingTimer(node);
                HttpClients clients = new HttpClients(api, paths)) {
            // Compiles the code of both sides.
            clients.run(settings.resolves(), settings.warmup());
            HttpLoadReport.Pings before = pings.run(settings.calm());
            clients.openReaders(settings.readers(), OPENING);
            clients.run(settings.resolves(), settings.warmup());
            Optional<Duration> serverBefore = server.read();
            Optional<Duration> ownBefore = own.read();
            CompletableFuture<HttpLoadReport.Pings> pinging =
                    CompletableFuture.supplyAsync(() -> run(pings, settings.duration()), Thread::startVirtualThread);
            HttpClients.Counts counts = clients.run(settings.resolves(), settings.duration());
            return new HttpLoadReport(
                    Duration.ofNanos(counts.elapsed),
                    counts.latencies.count(),
                    counts.failed,
                    counts.late,
                    counts.latencies.quantile(0.5),
                    counts.latencies.quantile(0.99),
                    clients.readersOpen(),
                    counts.events,
                    before,
                    result(pinging),
                    difference(serverBefore, server.read()),
                    difference(ownBefore, own.read()));
        }
    }

    private static HttpLoadReport.Pings run(PingTimer pings, Duration duration) {
        try {
            return pings.run(duration);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private static HttpLoadReport.Pings result(CompletableFuture<HttpLoadReport.Pings> pinging) throws IOException {
        try {
            return pinging.join();
        } catch (CompletionException e) {
            throw new IOException("the PINGs failed: " + e.getCause(), e);
        }
    }

    private static Optional<Duration> difference(Optional<Duration> before, Optional<Duration> after) {
        return before.flatMap(earlier -> after.map(later -> later.minus(earlier)));
    }
}
