package io.a2al.dht.transport;

import io.a2al.dht.logging.RateLimitedLogger;
import io.a2al.protocol.message.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * UDP over IPv4 and IPv6. All threads are alike: each takes the next datagram from the one socket and deals with it to the
 * end, answers included, so that no datagram ever changes threads. Only closing the socket ends them; other errors are
 * counted and survived (known-defects D-31). Thread-safe.
 */
public final class UdpTransport implements Transport {

    /** One octet more than a message may have would do to notice that it is too long. */
    private static final int RECEIVE_BUFFER = 2048;

    private static final int SOCKET_BUFFER = 1 << 20;
    private static final long PAUSE_AFTER_ERROR = Duration.ofMillis(1).toNanos();
    private static final Logger LOG = LoggerFactory.getLogger(UdpTransport.class);

    private final DatagramChannel channel;
    private final Endpoint local;
    private final int threadCount;
    private final List<Thread> threads = new ArrayList<>();
    private final RateLimitedLogger defects = new RateLimitedLogger(LOG, System::nanoTime);
    private final LongAdder receiveErrors = new LongAdder();
    private final LongAdder sendErrors = new LongAdder();

    private UdpTransport(DatagramChannel channel, int threadCount) throws IOException {
        this.channel = channel;
        this.threadCount = threadCount;
        this.local = Endpoints.of((InetSocketAddress) channel.getLocalAddress());
    }

    /**
     * Opens a socket.
     *
     * @param listen address and port; port 0 for any free one
     * @param threads how many threads receive, at least 1
     * @throws IOException if the address cannot be bound, for example because the port is taken
     */
    public static UdpTransport open(InetSocketAddress listen, int threads) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER);
            channel.bind(listen);
            return new UdpTransport(channel, threads);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public synchronized void start(Supplier<DatagramHandler> handlers) {
        for (int i = 0; i < threadCount; i++) {
            DatagramHandler handler = handlers.get();
            threads.add(Thread.ofPlatform()
                    .name("a2al-io-" + local.port() + "-" + i)
                    .daemon()
                    .start(() -> receive(handler)));
        }
    }

    private void receive(DatagramHandler handler) {
        byte[] octets = new byte[RECEIVE_BUFFER];
        ByteBuffer buffer = ByteBuffer.wrap(octets);
        while (channel.isOpen()) {
            try {
                buffer.clear();
                if (channel.receive(buffer) instanceof InetSocketAddress from) {
                    handler.onDatagram(Endpoints.of(from), octets, buffer.position());
                }
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException transientError) {
                receiveErrors.increment();
                LockSupport.parkNanos(PAUSE_AFTER_ERROR);
            } catch (RuntimeException defect) {
                // A defect of ours must not silence the node, but has to be seen.
                receiveErrors.increment();
                defects.error("a datagram could not be handled", defect);
            }
        }
    }

    @Override
    public boolean send(Endpoint to, byte[] datagram, int length) {
        try {
            return channel.send(ByteBuffer.wrap(datagram, 0, length), Endpoints.toSocketAddress(to)) == length;
        } catch (IOException | RuntimeException unreachable) {
            sendErrors.increment();
            return false;
        }
    }

    @Override
    public Endpoint localEndpoint() {
        return local;
    }

    /** Failed receptions since the start. */
    public long receiveErrors() {
        return receiveErrors.sum();
    }

    /** Datagrams that could not be sent since the start. */
    public long sendErrors() {
        return sendErrors.sum();
    }

    @Override
    public synchronized void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.warn("closing the socket failed: {}", e.toString());
        }
        threads.forEach(Threads::joinUninterruptibly);
        threads.clear();
    }
}
