package io.a2al.dht.transport;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.message.Endpoint;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A network within one process, for tests: every transport has a made-up loopback address, an inbox of
 * {@value #INBOX} datagrams and one thread. What does not fit into an inbox is lost, as on a real network. Thread-safe.
 */
public final class MemoryNetwork {

    /** Datagrams that wait for one receiver at the most. */
    public static final int INBOX = 256;

    private static final int FIRST_PORT = 10_000;
    private static final byte[] IP = {127, 0, 0, 1};

    private record Datagram(Endpoint from, Bytes bytes) {}

    private final Map<Endpoint, MemoryTransport> transports = new ConcurrentHashMap<>();
    private final AtomicInteger nextPort = new AtomicInteger(FIRST_PORT);

    /** An empty network. */
    public MemoryNetwork() {}

    /** A transport with an address of its own. */
    public Transport newTransport() {
        MemoryTransport transport = new MemoryTransport(Endpoint.of(IP, nextPort.getAndIncrement()));
        transports.put(transport.localEndpoint(), transport);
        return transport;
    }

    private final class MemoryTransport implements Transport {

        private final Endpoint local;
        private final BlockingQueue<Datagram> inbox = new ArrayBlockingQueue<>(INBOX);
        private Optional<Thread> receiver = Optional.empty();

        MemoryTransport(Endpoint local) {
            this.local = local;
        }

        @Override
        public synchronized void start(Supplier<DatagramHandler> handlers) {
            DatagramHandler handler = handlers.get();
            receiver = Optional.of(Thread.ofPlatform()
                    .name("a2al-memory-" + local.port())
                    .daemon()
                    .start(() -> receive(handler)));
        }

        private void receive(DatagramHandler handler) {
            try {
                while (true) {
                    Datagram datagram = inbox.take();
                    handler.onDatagram(
                            datagram.from(),
                            datagram.bytes().toArray(),
                            datagram.bytes().length());
                    handler.onDrained();
                }
            } catch (InterruptedException closed) {
                // Closing interrupts; there is nothing left to do.
            }
        }

        @Override
        public boolean send(Endpoint to, byte[] datagram, int length) {
            MemoryTransport receiving = transports.get(to);
            return receiving != null
                    && receiving.inbox.offer(new Datagram(local, Bytes.copyOfRange(datagram, 0, length)));
        }

        @Override
        public Endpoint localEndpoint() {
            return local;
        }

        @Override
        public synchronized void close() {
            transports.remove(local);
            receiver.ifPresent(thread -> {
                thread.interrupt();
                Threads.joinUninterruptibly(thread);
            });
            receiver = Optional.empty();
        }
    }
}
