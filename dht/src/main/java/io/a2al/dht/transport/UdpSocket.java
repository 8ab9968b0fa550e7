package io.a2al.dht.transport;

import io.a2al.protocol.message.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
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
 * A UDP socket over IPv4 and IPv6. A thread that finds no datagram waits in a queue of threads, of which the first one
 * waits for the socket; so a datagram wakes one of them, however many there are. Thread-safe.
 */
final class UdpSocket implements ReceiveLoop.Source, AutoCloseable {

    /**
     * For each direction, in bytes: room for a thousand small datagrams, which the system counts several hundred bytes
     * more.
     */
    private static final int BUFFER = 1 << 20;

    private static final SystemDrops DROPS = SystemDrops.ofSystem();

    /** How often and how long a sender waits for room in the send buffer, before the datagram counts as lost. */
    private static final int SEND_ATTEMPTS = 20;

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
                "buffers of the socket at {}: {} bytes to receive and {} to send, of {} asked for",
                local,
                receiveBuffer,
                sendBuffer,
                BUFFER);
        channel.configureBlocking(false);
        this.selector = Selector.open();
        channel.register(selector, SelectionKey.OP_READ);
    }

    /**
     * Opens a socket.
     *
     * @param listen address and port; port 0 for any free one
     * @throws IOException if the address cannot be bound, for example because the port is taken
     */
    static UdpSocket open(InetSocketAddress listen) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER);
            channel.bind(listen);
            return new UdpSocket(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Hands datagrams to {@code handler} until the socket is closed; see {@link ReceiveLoop}. */
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
                // An interrupt asks for nothing here, and as long as it is pending the selector does not wait.
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

    /** Sends the first {@code length} bytes; false if they were not handed over. */
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

    /** Its buffers; asks the system, so not for every datagram. */
    SocketStatistics statistics() {
        return new SocketStatistics(BUFFER, receiveBuffer, BUFFER, sendBuffer, DROPS.of(local));
    }

    /** Closing the selector is what gives the port back, since the channel is registered with it. */
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
