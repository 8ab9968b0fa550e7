package io.a2al.conformance.node;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.message.Endpoint;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * UDP sockets of this machine. The calling thread serves all of them while it waits. Every socket is connected to the
 * node, so that nothing can be sent to another address. Not thread-safe.
 */
final class UdpProbeNetwork implements ProbeNetwork {

    /** Bytes; larger than any UDP datagram, so that a datagram over the limit of the protocol is detected. */
    private static final int BUFFER = 65_536;

    private final InetSocketAddress node;
    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);

    /**
     * No sockets yet.
     *
     * @param node the address of the node under test, which must be resolved
     */
    UdpProbeNetwork(InetSocketAddress node) throws IOException {
        this.node = node;
        this.selector = Selector.open();
    }

    private record UdpSocket(DatagramChannel channel, Endpoint local, Consumer<Bytes> receiver) implements Socket {

        @Override
        public void send(Bytes datagram) throws IOException {
            try {
                channel.write(ByteBuffer.wrap(datagram.toArray()));
            } catch (PortUnreachableException ignored) {
                // This reports that an earlier datagram was rejected. The caller will see that no answer comes.
            }
        }
    }

    @Override
    public Endpoint node() {
        return endpoint(node);
    }

    private static Endpoint endpoint(InetSocketAddress address) {
        return Endpoint.of(address.getAddress().getAddress(), address.getPort()).unmapped();
    }

    @Override
    public Socket open(Consumer<Bytes> receiver) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.connect(node);
            channel.configureBlocking(false);
            UdpSocket socket =
                    new UdpSocket(channel, endpoint((InetSocketAddress) channel.getLocalAddress()), receiver);
            channel.register(selector, SelectionKey.OP_READ, socket);
            return socket;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public boolean await(BooleanSupplier done, Duration timeout) throws IOException {
        long until = System.nanoTime() + timeout.toNanos();
        while (!done.getAsBoolean()) {
            long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            selector.select(key -> receive((UdpSocket) key.attachment()), left);
            if (Thread.interrupted()) {
                throw new InterruptedIOException("interrupted");
            }
        }
        return true;
    }

    private void receive(UdpSocket socket) {
        try {
            buffer.clear();
            while (socket.channel().receive(buffer) != null) {
                socket.receiver().accept(Bytes.copyOfRange(buffer.array(), 0, buffer.position()));
                buffer.clear();
            }
        } catch (IOException unreachable) {
            // The port is not reachable. The checks will see that no answer comes.
        }
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public long unixSeconds() {
        return TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis());
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
