package io.a2al.dht.transport;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.MessageCodec;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One UDP socket for a node and for another protocol, such as QUIC: the first byte of each datagram tells whose it is
 * (wire.md 2.2). One thread reads the socket and waits for nobody; either side has a queue of {@value #QUEUE}
 * datagrams, and drops, counted, what does not fit, so that neither holds up the other (known-defects D-41).
 *
 * <p>The two sides can be closed in any order, before or after the socket. Whoever opened the socket closes it.
 * Thread-safe.
 */
public final class SharedUdpTransport implements AutoCloseable {

    /** Datagrams that wait on either side at the most. */
    public static final int QUEUE = 2048;

    /** Bytes of the longest datagram of the other protocol that is received: what fits into a jumbo frame. */
    public static final int LONGEST_OTHER = 9000;

    private static final int OTHER_PROTOCOL = 0x40;

    private final UdpSocket socket;
    private final int nodeThreads;
    private final DatagramQueue forNode;
    private final DatagramQueue forOther;
    private final NodeSide node = new NodeSide();
    private final OtherSide other = new OtherSide();
    private final Thread reader;

    private SharedUdpTransport(UdpSocket socket, int nodeThreads, int queue) {
        this.socket = socket;
        this.nodeThreads = nodeThreads;
        this.forNode = new DatagramQueue(queue);
        this.forOther = new DatagramQueue(queue);
        this.reader = Thread.ofPlatform()
                .name("a2al-shared-" + socket.local().port())
                .daemon()
                .unstarted(() -> socket.receive(new byte[LONGEST_OTHER + 1], this::sort));
    }

    /**
     * Opens a socket and begins to read it.
     *
     * @param listen address and port; port 0 for any free one
     * @param nodeThreads how many threads the node has, at least 1
     * @throws IOException if the address cannot be bound, for example because the port is taken
     */
    public static SharedUdpTransport open(InetSocketAddress listen, int nodeThreads) throws IOException {
        return open(listen, nodeThreads, QUEUE);
    }

    static SharedUdpTransport open(InetSocketAddress listen, int nodeThreads, int queue) throws IOException {
        SharedUdpTransport shared = new SharedUdpTransport(UdpSocket.open(listen), nodeThreads, queue);
        shared.reader.start();
        return shared;
    }

    private void sort(Endpoint from, byte[] buffer, int length) {
        if (length == 0 || (buffer[0] & OTHER_PROTOCOL) == 0) {
            // One byte more than a message may have is enough to notice that it is too long.
            int kept = Math.min(length, MessageCodec.MAX_DATAGRAM + 1);
            forNode.offer(new Datagram(from, Bytes.copyOfRange(buffer, 0, kept)));
        } else if (length > LONGEST_OTHER) {
            forOther.drop();
        } else {
            forOther.offer(new Datagram(from, Bytes.copyOfRange(buffer, 0, length)));
        }
    }

    /** The side of a node, to be given to its builder; closing the node closes this side only. */
    public Transport node() {
        return node;
    }

    /** The side of the other protocol. */
    public PacketConnection other() {
        return other;
    }

    /** Numbers about it. */
    public SharedStatistics statistics() {
        return new SharedStatistics(
                forNode.occupancy(),
                forNode.accepted(),
                forNode.dropped(),
                forOther.occupancy(),
                forOther.accepted(),
                forOther.dropped(),
                socket.reception().errors(),
                socket.sendErrors());
    }

    /** Closes the socket and both sides. Can be called twice. */
    @Override
    public void close() {
        socket.close();
        Threads.joinUninterruptibly(reader);
        node.close();
        other.close();
    }

    private final class NodeSide implements Transport {

        private final List<Thread> threads = new ArrayList<>();

        @Override
        public synchronized void start(Supplier<DatagramHandler> handlers) {
            for (int i = 0; i < nodeThreads; i++) {
                DatagramHandler handler = handlers.get();
                threads.add(Thread.ofPlatform()
                        .name("a2al-io-" + localEndpoint().port() + "-" + i)
                        .daemon()
                        .start(() -> serve(handler)));
            }
        }

        private void serve(DatagramHandler handler) {
            try {
                while (serveNext(handler)) {
                    // Until this side is closed.
                }
            } catch (InterruptedException nobodyInterruptsThis) {
                Thread.currentThread().interrupt();
            }
        }

        private boolean serveNext(DatagramHandler handler) throws InterruptedException {
            try {
                Optional<Datagram> next = next(handler);
                if (next.isPresent()) {
                    byte[] bytes = next.get().bytes().toArray();
                    handler.onDatagram(next.get().from(), bytes, bytes.length);
                }
                return next.isPresent();
            } catch (RuntimeException defect) {
                socket.reception().onDefect(defect);
                return true;
            }
        }

        private Optional<Datagram> next(DatagramHandler handler) throws InterruptedException {
            Optional<Datagram> next = forNode.poll();
            if (next.isPresent()) {
                return next;
            }
            handler.onDrained();
            return forNode.take();
        }

        @Override
        public boolean send(Endpoint to, byte[] datagram, int length) {
            return socket.send(to, datagram, length);
        }

        @Override
        public Optional<SocketStatistics> socket() {
            return Optional.of(socket.statistics());
        }

        @Override
        public Endpoint localEndpoint() {
            return socket.local();
        }

        @Override
        public synchronized void close() {
            forNode.close();
            threads.forEach(Threads::joinUninterruptibly);
            threads.clear();
        }
    }

    private final class OtherSide implements PacketConnection {

        @Override
        public boolean send(Endpoint to, byte[] datagram, int length) {
            if (length == 0 || (datagram[0] & OTHER_PROTOCOL) == 0) {
                throw new IllegalArgumentException(
                        "a datagram of another protocol must begin with a byte that has the bit 0x40 set");
            }
            return socket.send(to, datagram, length);
        }

        @Override
        public Optional<Datagram> receive() throws InterruptedException {
            return forOther.take();
        }

        @Override
        public Endpoint localEndpoint() {
            return socket.local();
        }

        @Override
        public void close() {
            forOther.close();
        }
    }
}
