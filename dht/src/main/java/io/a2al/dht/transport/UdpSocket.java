package io.a2al.dht.transport;

import io.a2al.protocol.message.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A UDP socket for IPv4 and IPv6. Of the threads that find no datagram, one waits for the socket and the others queue
 * for its place; so a datagram wakes one thread, however many there are. Thread-safe.
 */
final class UdpSocket implements ReceiveLoop.Source, AutoCloseable {

    /**
     * Size of the buffer for each direction, in bytes: room for a thousand small datagrams, for each of which the
     * system counts several hundred bytes of overhead.
     */
    private static final int BUFFER = 1 << 20;

    private static final SystemDrops DROPS = SystemDrops.ofSystem();

    /** Attempts to find room in the send buffer before a datagram counts as lost. */
    private static final int SEND_ATTEMPTS = 20;

    /** Pause between two such attempts, in nanoseconds; a full buffer empties within a few of them. */
    private static final long SEND_PAUSE = TimeUnit.MICROSECONDS.toNanos(100);

    private static final Logger LOG = LoggerFactory.getLogger(UdpSocket.class);

    private final DatagramChannel channel;
    private final Selector selector;
    private final Endpoint local;
    private final ReentrantLock firstInQueue = new ReentrantLock();
    private final AddressCache addresses = new AddressCache();
    private final ReceiveLoop reception = new ReceiveLoop(addresses);
    private final LongAdder sendErrors = new LongAdder();
    private final int receiveBuffer;
    private final int sendBuffer;

    private UdpSocket(DatagramChannel channel) throws IOException {
        this.channel = channel;
        this.local = Endpoints.of((InetSocketAddress) channel.getLocalAddress());
        this.receiveBuffer = channel.getOption(StandardSocketOptions.SO_RCVBUF);
        this.sendBuffer = channel.getOption(StandardSocketOptions.SO_SNDBUF);
        LOG.info(
                "buffers of the socket at {}: {} bytes to receive and {} to send; {} were requested",
                local,
                receiveBuffer,
                sendBuffer,
                BUFFER);
        channel.configureBlocking(false);
        this.selector = Selector.open();
        boolean registered = false;
        try {
            channel.register(selector, SelectionKey.OP_READ);
            registered = true;
        } finally {
            if (!registered) {
                selector.close();
            }
        }
    }

    /**
     * Opens a socket. If this fails, nothing stays open.
     *
     * @param listen address and port; port 0 for any free one
     * @throws IOException if the address cannot be bound; the message names the address and the remedy
     */
    static UdpSocket open(InetSocketAddress listen) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER);
            bind(channel, Endpoints.requireResolved(listen));
            return new UdpSocket(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static void bind(DatagramChannel channel, InetSocketAddress listen) throws IOException {
        try {
            channel.bind(listen);
        } catch (SocketException e) {
            throw Endpoints.cannotListen(listen, e);
        }
    }

    /** Passes datagrams to {@code handler} until the socket is closed; see {@link ReceiveLoop}. */
    void receive(byte[] buffer, DatagramHandler handler) {
        reception.run(this, buffer, handler);
    }

    @Override
    public @Nullable SocketAddress poll(ByteBuffer into) throws IOException {
        return channel.receive(into);
    }

    @Override
    public @Nullable SocketAddress receive(ByteBuffer into) throws IOException {
        firstInQueue.lock();
        try {
            SocketAddress from = channel.receive(into);
            while (from == null) {
                selector.select(ready -> {});
                // An interrupt has no meaning here, and while it is pending the selector does not wait.
                Thread.interrupted();
                from = channel.receive(into);
            }
            return from;
        } catch (ClosedSelectorException closed) {
            throw new ClosedChannelException();
        } finally {
            firstInQueue.unlock();
        }
    }

    /** Sends the first {@code length} bytes; returns false if they were not sent. */
    boolean send(Endpoint to, byte[] datagram, int length) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(datagram, 0, length);
            InetSocketAddress address = addresses.addressOf(to);
            boolean sent = channel.send(bytes, address) == length;
            for (int i = 1; !sent && i < SEND_ATTEMPTS; i++) {
                LockSupport.parkNanos(SEND_PAUSE);
                sent = channel.send(bytes, address) == length;
            }
            if (!sent) {
                sendErrors.increment();
            }
            return sent;
        } catch (IOException | RuntimeException unreachable) {
            sendErrors.increment();
            return false;
        }
    }

    Endpoint local() {
        return local;
    }

    ReceiveLoop reception() {
        return reception;
    }

    long sendErrors() {
        return sendErrors.sum();
    }

    /** Returns its buffers and errors. Asks the system, so it is not for calling often. */
    SocketStatistics statistics() {
        return new SocketStatistics(BUFFER, receiveBuffer, BUFFER, sendBuffer, DROPS.of(local), reception.errors());
    }

    /** Closes the selector too: the channel is registered with it, and the port is free only then. */
    @Override
    public void close() {
        try {
            channel.close();
            selector.close();
        } catch (IOException e) {
            LOG.warn("closing the socket failed: {}", e.toString());
        }
    }
}
