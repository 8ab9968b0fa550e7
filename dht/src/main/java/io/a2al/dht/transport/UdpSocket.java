package io.a2al.dht.transport;

import io.a2al.protocol.message.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A UDP socket over IPv4 and IPv6. Thread-safe. */
final class UdpSocket implements AutoCloseable {

    private static final int SOCKET_BUFFER = 1 << 20;
    private static final Logger LOG = LoggerFactory.getLogger(UdpSocket.class);

    private final DatagramChannel channel;
    private final Endpoint local;
    private final ReceiveLoop reception = new ReceiveLoop();
    private final LongAdder sendErrors = new LongAdder();

    private UdpSocket(DatagramChannel channel) throws IOException {
        this.channel = channel;
        this.local = Endpoints.of((InetSocketAddress) channel.getLocalAddress());
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
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER);
            channel.bind(listen);
            return new UdpSocket(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Hands datagrams to {@code handler} until the socket is closed; see {@link ReceiveLoop}. */
    void receive(byte[] buffer, DatagramHandler handler) {
        reception.run(channel::receive, buffer, handler);
    }

    /** Sends the first {@code length} octets; false if they were not handed over. */
    boolean send(Endpoint to, byte[] datagram, int length) {
        try {
            return channel.send(ByteBuffer.wrap(datagram, 0, length), Endpoints.toSocketAddress(to)) == length;
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

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.warn("closing the socket failed: {}", e.toString());
        }
    }
}
