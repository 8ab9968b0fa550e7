package io.a2al.dht.transport;

import io.a2al.core.bounds.Occupancy;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.message.Endpoint;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The ways that are open beside a socket, at most one for each address. Thread-safe. */
final class PeerWays implements AutoCloseable {

    private final int most;
    private final Consumer<Datagram> received;
    private final LongAdder sendErrors = new LongAdder();

    /** Copied when it changes, as it is looked at for each datagram sent. */
    private volatile Map<Endpoint, Way> open = Map.of();

    private boolean closed;

    /**
     * No ways yet.
     *
     * @param most ways that may be open at a time
     * @param received takes datagrams that arrived on one of them
     */
    PeerWays(int most, Consumer<Datagram> received) {
        this.most = most;
        this.received = received;
    }

    /** Opens a way, unless there are too many, or one to this address. */
    synchronized Optional<PeerWay> open(Endpoint peer, PeerWay.Sender sender) {
        if (closed || open.size() >= most || open.containsKey(peer)) {
            return Optional.empty();
        }
        Way way = new Way(peer, sender);
        Map<Endpoint, Way> next = new TreeMap<>(open);
        next.put(peer, way);
        open = next;
        return Optional.of(way);
    }

    private synchronized void close(Way way) {
        if (open.get(way.peer) == way) {
            Map<Endpoint, Way> next = new TreeMap<>(open);
            next.remove(way.peer);
            open = next;
        }
    }

    /** Returns the way to an address, if there is one. */
    @Nullable
    Way to(Endpoint peer) {
        Map<Endpoint, Way> present = open;
        return present.isEmpty() ? null : present.get(peer);
    }

    /** Returns the number of open ways beside its limit. */
    Occupancy occupancy() {
        return new Occupancy(open.size(), most);
    }

    /** Returns the number of datagrams that could not be sent on ways. */
    long sendErrors() {
        return sendErrors.sum();
    }

    /** Closes all ways; no further one can be opened. */
    @Override
    public synchronized void close() {
        closed = true;
        open = Map.of();
    }

    /** One way. Open for as long as it is in the map. */
    final class Way implements PeerWay {

        private final Endpoint peer;
        private final Sender sender;

        private Way(Endpoint peer, Sender sender) {
            this.peer = peer;
            this.sender = sender;
        }

        boolean send(byte[] datagram, int length) {
            boolean sent = false;
            try {
                sent = sender.send(datagram, length);
            } catch (RuntimeException defect) {
                // A defect of the application must not end what the node is doing.
                sent = false;
            }
            if (!sent) {
                sendErrors.increment();
            }
            return sent;
        }

        @Override
        public Endpoint peer() {
            return peer;
        }

        @Override
        public boolean receive(byte[] datagram, int length) {
            if (!isOpen() || SharedUdpTransport.isOther(datagram, length)) {
                return false;
            }
            received.accept(new Datagram(peer, Bytes.copyOfRange(datagram, 0, SharedUdpTransport.kept(length))));
            return true;
        }

        @Override
        public boolean isOpen() {
            return open.get(peer) == this;
        }

        @Override
        public void close() {
            PeerWays.this.close(this);
        }
    }
}
