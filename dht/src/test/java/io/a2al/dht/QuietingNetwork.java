package io.a2al.dht;

import io.a2al.dht.transport.DatagramHandler;
import io.a2al.dht.transport.MemoryNetwork;
import io.a2al.dht.transport.Transport;
import io.a2al.protocol.message.Endpoint;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A network in memory that knows which datagrams are under way, so that a test can wait until all of them, and all that
 * they caused, have been handled. Thread-safe.
 */
final class QuietingNetwork {

    private final MemoryNetwork network = new MemoryNetwork();

    /** Datagrams that were sent and are not handled yet, by receiver; guarded by this. */
    private final Map<Endpoint, Integer> underWay = new HashMap<>();

    Transport newTransport() {
        return new CountingTransport(network.newTransport());
    }

    /** Waits until no datagram is under way. What timers and tasks do later is not waited for. */
    synchronized void awaitQuiet() throws InterruptedException {
        while (!underWay.isEmpty()) {
            wait();
        }
    }

    private synchronized void begin(Endpoint receiver) {
        underWay.merge(receiver, 1, Integer::sum);
    }

    /** Does nothing for a receiver that was closed. */
    private synchronized void end(Endpoint receiver) {
        underWay.computeIfPresent(receiver, (same, count) -> count == 1 ? null : count - 1);
        notifyAll();
    }

    private synchronized void forget(Endpoint receiver) {
        underWay.remove(receiver);
        notifyAll();
    }

    private final class CountingTransport implements Transport {

        private final Transport transport;

        CountingTransport(Transport transport) {
            this.transport = transport;
        }

        @Override
        public void start(Supplier<DatagramHandler> handlers) {
            transport.start(() -> new CountingHandler(localEndpoint(), handlers.get()));
        }

        /** Counts beforehand, so that a datagram is never handled before it is counted. */
        @Override
        public boolean send(Endpoint to, byte[] datagram, int length) {
            begin(to);
            boolean sent = transport.send(to, datagram, length);
            if (!sent) {
                end(to);
            }
            return sent;
        }

        @Override
        public Endpoint localEndpoint() {
            return transport.localEndpoint();
        }

        @Override
        public void close() {
            transport.close();
            forget(localEndpoint());
        }
    }

    /** The handler of a transport in memory, which drains after each datagram. */
    private final class CountingHandler implements DatagramHandler {

        private final Endpoint receiver;
        private final DatagramHandler handler;

        CountingHandler(Endpoint receiver, DatagramHandler handler) {
            this.receiver = receiver;
            this.handler = handler;
        }

        @Override
        public void onDatagram(Endpoint from, byte[] buffer, int length) {
            handler.onDatagram(from, buffer, length);
        }

        @Override
        public void onDrained() {
            handler.onDrained();
            end(receiver);
        }
    }
}
