package io.a2al.dht.transport;

import io.a2al.protocol.message.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * UDP over IPv4 and IPv6, on one address, or on all addresses of the machine with a socket for each, so that an answer
 * leaves from the address that was asked. All receiving threads do the same: each takes the next datagram from any
 * socket and handles it completely, so that no datagram changes threads. Their number does not depend on that of the
 * sockets. Only closing the transport ends them; other errors are counted and survived (known-defects D-31).
 * Thread-safe.
 */
public final class UdpTransport implements Transport {

    /** In bytes; longer than any message, so that one that is too long is noticed. */
    private static final int RECEIVE_BUFFER = 2048;

    private final Sockets sockets;
    private final int threadCount;
    private final List<Thread> threads = new ArrayList<>();

    private UdpTransport(Sockets sockets, int threadCount) {
        this.sockets = sockets;
        this.threadCount = threadCount;
    }

    /**
     * Opens the socket or sockets. If this fails, nothing stays open.
     *
     * @param listen address and port; port 0 for any free one; an unspecified IP address for all of the machine, those
     *     that it gets later included
     * @param threads number of receiving threads, at least 1
     * @throws IOException if the address cannot be bound; the message names the address and the remedy
     * @throws IllegalArgumentException if the host is not resolved, or there are no threads
     */
    public static UdpTransport open(InetSocketAddress listen, int threads) throws IOException {
        if (threads < 1) {
            throw new IllegalArgumentException("threads of a transport: " + threads + "; give at least 1");
        }
        return new UdpTransport(Sockets.open(listen), threads);
    }

    @Override
    public synchronized void start(Supplier<DatagramHandler> handlers) {
        for (int i = 0; i < threadCount; i++) {
            DatagramHandler handler = handlers.get();
            threads.add(Thread.ofPlatform()
                    .name("a2al-io-" + localEndpoint().port() + "-" + i)
                    .daemon()
                    .start(() -> sockets.receive(new byte[RECEIVE_BUFFER], handler)));
        }
    }

    @Override
    public boolean send(Endpoint to, byte[] datagram, int length) {
        return sockets.send(to, datagram, length);
    }

    @Override
    public boolean answer(Endpoint to, byte[] datagram, int length) {
        return sockets.answer(to, datagram, length);
    }

    @Override
    public Endpoint localEndpoint() {
        return sockets.local();
    }

    @Override
    public Optional<SocketStatistics> socket() {
        return Optional.of(sockets.statistics());
    }

    /** Returns the number of datagrams that could not be sent since the start. */
    public long sendErrors() {
        return sockets.sendErrors();
    }

    @Override
    public synchronized void close() {
        sockets.close();
        threads.forEach(Threads::joinUninterruptibly);
        threads.clear();
    }
}
