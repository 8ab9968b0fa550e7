package io.a2al.dht.transport;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.MessageCodec;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One UDP port for a node and for another protocol, such as QUIC. The first byte of each datagram tells the protocol
 * (wire.md 2.2). One thread reads the socket and never waits for a side: each side has a queue of {@value #QUEUE}
 * datagrams, and what does not fit is dropped and counted, so that neither delays the other (known-defects D-41).
 *
 * <p>On an unspecified address there is a socket for each address of the machine, and the node answers from the one
 * asked. The other protocol sends from the address that the system chooses.
 *
 * <p>The other protocol may reach peers that the socket cannot, for example over a connection through two NATs. What
 * carries such datagrams is its own affair; {@link #openWay} joins it to the node.
 *
 * <p>The two sides can be closed in any order, before or after the socket; closing both does not close the socket.
 * Thread-safe.
 */
public final class SharedUdpTransport implements AutoCloseable {

    /** Most datagrams that wait on either side. */
    public static final int QUEUE = 2048;

    /** Longest datagram of the other protocol that is received, in bytes: what fits into a jumbo frame. */
    public static final int LONGEST_OTHER = 9000;

    /** Most ways beside the socket that may be open at a time. */
    public static final int MAX_WAYS = 256;

    /** The bit of the first byte that marks the other protocol. */
    private static final int OTHER_PROTOCOL = 0x40;

    private final Sockets sockets;
    private final int nodeThreads;
    private final DatagramQueue forNode;
    private final DatagramQueue forOther;
    private final PeerWays ways;
    private final NodeSide node = new NodeSide();
    private final OtherSide other = new OtherSide();
    private final Thread reader;

    private SharedUdpTransport(Sockets sockets, int nodeThreads, int queue) {
        this.sockets = sockets;
        this.nodeThreads = nodeThreads;
        this.forNode = new DatagramQueue(queue);
        this.forOther = new DatagramQueue(queue);
        this.ways = new PeerWays(
                MAX_WAYS, datagram -> forNode.offer(new DatagramQueue.Arrived(datagram, sockets.arrival())));
        this.reader = Thread.ofPlatform()
                .name("a2al-shared-" + sockets.local().port())
                .daemon()
                .unstarted(() -> sockets.receive(new byte[LONGEST_OTHER + 1], this::sort));
    }

    /**
     * Opens a socket and begins to read it. If this fails, nothing stays open.
     *
     * @param listen address and port; port 0 for any free one
     * @param nodeThreads number of receiving threads of the node, at least 1
     * @throws IOException if the address cannot be bound; the message names the address and the remedy
     * @throws IllegalArgumentException if the host is not resolved, or there are no threads
     */
    public static SharedUdpTransport open(InetSocketAddress listen, int nodeThreads) throws IOException {
        return open(listen, nodeThreads, QUEUE);
    }

    static SharedUdpTransport open(InetSocketAddress listen, int nodeThreads, int queue) throws IOException {
        if (nodeThreads < 1) {
            throw new IllegalArgumentException("threads of a transport: " + nodeThreads + "; give at least 1");
        }
        Sockets sockets = Sockets.open(listen);
        boolean started = false;
        try {
            SharedUdpTransport shared = new SharedUdpTransport(sockets, nodeThreads, queue);
            shared.reader.start();
            started = true;
            return shared;
        } finally {
            if (!started) {
                sockets.close();
            }
        }
    }

    private void sort(Endpoint from, byte[] buffer, int length) {
        if (!isOther(buffer, length)) {
            forNode.offer(arrived(from, Bytes.copyOfRange(buffer, 0, kept(length))));
        } else if (length > LONGEST_OTHER) {
            forOther.drop();
        } else {
            forOther.offer(arrived(from, Bytes.copyOfRange(buffer, 0, length)));
        }
    }

    /** Returns true if the datagram belongs to the other protocol. */
    static boolean isOther(byte[] datagram, int length) {
        return length > 0 && (datagram[0] & OTHER_PROTOCOL) != 0;
    }

    /**
     * Returns how many bytes of a datagram the node gets: one more than a message may have shows that it is too long.
     */
    static int kept(int length) {
        return Math.min(length, MessageCodec.MAX_DATAGRAM + 1);
    }

    private DatagramQueue.Arrived arrived(Endpoint from, Bytes bytes) {
        return new DatagramQueue.Arrived(new Datagram(from, bytes), sockets.arrival());
    }

    /** Returns the side of the node, for its builder; closing the node closes this side only. */
    public Transport node() {
        return node;
    }

    /** Returns the side of the other protocol. */
    public PacketConnection other() {
        return other;
    }

    /**
     * Opens a way to a peer beside the socket. The node does not know of it: to the node, the peer is at {@code peer},
     * and is judged like any sender there. An address is verified when the peer has answered a request of the node;
     * until then the node sends at most three times the bytes that it was passed, and rates count per source and
     * network. So {@code peer} has to be the address that the connection is with, as this side sees it, and one way
     * stands for one peer: an address that the application invents, or uses for several peers, would let one of them
     * exhaust what the others may send. The node tells the peer that address as its own, and other nodes may be told
     * where the peer is, and will send there without a way.
     *
     * @param peer where the peer is, a unicast address with a port; IPv4-mapped addresses count as IPv4
     * @param sender sends what the node has for {@code peer}: answers, and its own requests
     * @return empty if {@value #MAX_WAYS} ways are open, one to this address is, or this is closed
     * @throws IllegalArgumentException if no peer can be at that address
     */
    public Optional<PeerWay> openWay(Endpoint peer, PeerWay.Sender sender) {
        Objects.requireNonNull(sender, "sender");
        Endpoint address = peer.unmapped();
        boolean isUnicast = switch (address.scope()) {
            case UNSPECIFIED, MULTICAST, RESERVED -> false;
            case LOOPBACK, LINK_LOCAL, PRIVATE, SHARED, PUBLIC -> true;
        };
        if (!isUnicast || address.port() == 0) {
            throw new IllegalArgumentException(
                    "address of a peer: " + Endpoints.text(address) + "; give a unicast address and a port");
        }
        return ways.open(address, sender);
    }

    /** Returns the counters of the socket and both sides. */
    public SharedStatistics statistics() {
        return new SharedStatistics(
                forNode.occupancy(),
                forNode.accepted(),
                forNode.dropped(),
                forOther.occupancy(),
                forOther.accepted(),
                forOther.dropped(),
                ways.occupancy(),
                sockets.reception().errors(),
                sockets.sendErrors() + ways.sendErrors());
    }

    /** Closes the socket, both sides and all ways. Can be called twice. */
    @Override
    public void close() {
        ways.close();
        sockets.close();
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
            } catch (InterruptedException unexpected) {
                // Closing ends this thread, and it does not interrupt.
                Thread.currentThread().interrupt();
            }
        }

        private boolean serveNext(DatagramHandler handler) throws InterruptedException {
            try {
                Optional<DatagramQueue.Arrived> next = next(handler);
                if (next.isPresent()) {
                    serve(handler, next.get());
                }
                return next.isPresent();
            } catch (RuntimeException | Error defect) {
                sockets.reception().onDefect(defect);
                return true;
            }
        }

        /** The answers that the handler deferred belong to the socket of the datagrams before. */
        private void serve(DatagramHandler handler, DatagramQueue.Arrived next) {
            if (sockets.arrival() != next.at()) {
                handler.onDrained();
            }
            sockets.resume(next.datagram().from(), next.at());
            byte[] bytes = next.datagram().bytes().toArray();
            handler.onDatagram(next.datagram().from(), bytes, bytes.length);
        }

        private Optional<DatagramQueue.Arrived> next(DatagramHandler handler) throws InterruptedException {
            Optional<DatagramQueue.Arrived> next = forNode.poll();
            if (next.isPresent()) {
                return next;
            }
            handler.onDrained();
            return forNode.take();
        }

        @Override
        public boolean send(Endpoint to, byte[] datagram, int length) {
            PeerWays.Way way = ways.to(to);
            return way == null ? sockets.send(to, datagram, length) : way.send(datagram, length);
        }

        @Override
        public boolean answer(Endpoint to, byte[] datagram, int length) {
            PeerWays.Way way = ways.to(to);
            return way == null ? sockets.answer(to, datagram, length) : way.send(datagram, length);
        }

        @Override
        public Optional<SocketStatistics> socket() {
            return Optional.of(sockets.statistics());
        }

        @Override
        public Endpoint localEndpoint() {
            return sockets.local();
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
            if (!isOther(datagram, length)) {
                throw new IllegalArgumentException("first byte of a datagram of another protocol: "
                        + (length == 0 ? "none" : "0x" + HexFormat.of().toHexDigits(datagram[0]))
                        + "; set the bit 0x40 in it");
            }
            return sockets.send(to, datagram, length);
        }

        @Override
        public Optional<Datagram> receive() throws InterruptedException {
            return forOther.take().map(DatagramQueue.Arrived::datagram);
        }

        @Override
        public Endpoint localEndpoint() {
            return sockets.local();
        }

        @Override
        public void close() {
            forOther.close();
        }
    }
}
