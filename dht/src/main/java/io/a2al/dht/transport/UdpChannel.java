package io.a2al.dht.transport;

import io.a2al.protocol.message.Endpoint;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A UDP socket that is bound and does not block. Thread-safe. */
final class UdpChannel implements AutoCloseable {

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

    private static final Logger LOG = LoggerFactory.getLogger(UdpChannel.class);

    private final DatagramChannel channel;
    private final Endpoint local;
    private final int receiveBuffer;
    private final int sendBuffer;

    private UdpChannel(DatagramChannel channel) throws IOException {
        this.channel = channel;
        this.local = Endpoints.of((InetSocketAddress) channel.getLocalAddress());
        this.receiveBuffer = channel.getOption(StandardSocketOptions.SO_RCVBUF);
        this.sendBuffer = channel.getOption(StandardSocketOptions.SO_SNDBUF);
        channel.configureBlocking(false);
    }

    /**
     * Opens a socket, for IPv4 and IPv6 if {@code listen} is unspecified. If this fails, nothing stays open.
     *
     * @param listen address and port; port 0 for any free one
     * @throws IOException if the address cannot be bound; the message names the address and the remedy
     */
    static UdpChannel open(InetSocketAddress listen) throws IOException {
        InetSocketAddress resolved = Endpoints.requireResolved(listen);
        UdpChannel opened = bind(DatagramChannel.open(), resolved);
        LOG.info(
                "buffers of the socket at {}: {} bytes to receive and {} to send; {} were requested",
                opened.local,
                opened.receiveBuffer,
                opened.sendBuffer,
                BUFFER);
        return opened;
    }

    /**
     * Opens a socket for one address at the port of this one, which is bound to all addresses. Both allow an address in
     * use at that moment only, so that no other program can bind the port. To be called by one thread at a time.
     *
     * @throws IOException if the address cannot be bound
     */
    UdpChannel openBeside(InetAddress address) throws IOException {
        DatagramChannel beside = DatagramChannel.open(
                address instanceof Inet4Address ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
        boolean opened = false;
        try {
            beside.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            UdpChannel bound = bind(beside, new InetSocketAddress(address, local.port()));
            opened = true;
            return bound;
        } finally {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, false);
            if (opened) {
                beside.setOption(StandardSocketOptions.SO_REUSEADDR, false);
            } else {
                beside.close();
            }
        }
    }

    private static UdpChannel bind(DatagramChannel channel, InetSocketAddress listen) throws IOException {
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER);
            channel.bind(listen);
            return new UdpChannel(channel);
        } catch (SocketException e) {
            channel.close();
            throw Endpoints.cannotListen(listen, e);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Lets {@code selector} tell when a datagram can be received; the key has this object attached. */
    void register(Selector selector) throws IOException {
        var _ = channel.register(selector, SelectionKey.OP_READ, this);
    }

    /** Receives the next datagram if one is available and returns its sender, else null. */
    @Nullable
    SocketAddress receive(ByteBuffer into) throws IOException {
        return channel.receive(into);
    }

    /** Sends the first {@code length} bytes; returns false if they were not sent. */
    boolean send(InetSocketAddress to, byte[] datagram, int length) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(datagram, 0, length);
            boolean sent = channel.send(bytes, to) == length;
            for (int i = 1; !sent && i < SEND_ATTEMPTS; i++) {
                LockSupport.parkNanos(SEND_PAUSE);
                sent = channel.send(bytes, to) == length;
            }
            return sent;
        } catch (IOException | RuntimeException unreachable) {
            return false;
        }
    }

    /** Returns the address and port that it is bound to. */
    Endpoint local() {
        return local;
    }

    /**
     * Returns its buffers. Asks the system, so it is not for calling often.
     *
     * @param receiveErrors receptions that failed
     */
    SocketStatistics statistics(long receiveErrors) {
        return new SocketStatistics(BUFFER, receiveBuffer, BUFFER, sendBuffer, dropped(), receiveErrors);
    }

    /** Returns the datagrams that the system has dropped; empty if it does not tell. Not for calling often. */
    Optional<Long> dropped() {
        return DROPS.of(local);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.warn("closing the socket at {} failed: {}", local, e.toString());
        }
    }
}
