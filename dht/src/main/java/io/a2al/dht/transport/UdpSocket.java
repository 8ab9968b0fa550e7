package io.a2al.dht.transport;

import io.a2al.protocol.message.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.Selector;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One UDP socket. Of the threads that find no datagram, one waits for the socket and the others queue for its place; so
 * a datagram wakes one thread, however many there are. Thread-safe.
 */
final class UdpSocket implements Sockets, ReceiveLoop.Source {

    private static final Logger LOG = LoggerFactory.getLogger(UdpSocket.class);

    private final UdpChannel channel;
    private final Selector selector;
    private final ReentrantLock firstInQueue = new ReentrantLock();
    private final AddressCache addresses = new AddressCache();
    private final ReceiveLoop reception = new ReceiveLoop(addresses);
    private final LongAdder sendErrors = new LongAdder();

    private UdpSocket(UdpChannel channel) throws IOException {
        this.channel = channel;
        this.selector = Selector.open();
        boolean registered = false;
        try {
            channel.register(selector);
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
        UdpChannel channel = UdpChannel.open(listen);
        try {
            return new UdpSocket(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void receive(byte[] buffer, DatagramHandler handler) {
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

    @Override
    public boolean send(Endpoint to, byte[] datagram, int length) {
        boolean sent = channel.send(addresses.addressOf(to), datagram, length);
        if (!sent) {
            sendErrors.increment();
        }
        return sent;
    }

    @Override
    public boolean answer(Endpoint to, byte[] datagram, int length) {
        return send(to, datagram, length);
    }

    @Override
    public UdpChannel arrival() {
        return channel;
    }

    @Override
    public void resume(Endpoint from, UdpChannel socket) {
        // There is only one socket to send from.
    }

    @Override
    public Endpoint local() {
        return channel.local();
    }

    @Override
    public ReceiveLoop reception() {
        return reception;
    }

    @Override
    public long sendErrors() {
        return sendErrors.sum();
    }

    @Override
    public SocketStatistics statistics() {
        return channel.statistics(reception.errors());
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
