package io.a2al.dht.transport;

import io.a2al.dht.logging.RateLimitedLogger;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.message.Endpoint;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A network within one process, for an application's own tests: real nodes, without sockets and without other programs.
 * A complete example, with a node to join through, an agent, and a client that finds it:
 *
 * <pre>{@code
 * MemoryNetwork network = new MemoryNetwork();
 * SecureRandom random = new SecureRandom();
 * try (DhtNode seed = DhtNode.builder()
 *                 .identity(Identity.generate(random))
 *                 .transport(network.newTransport())
 *                 .build()
 *                 .start();
 *         DhtNode agent = DhtNode.builder()
 *                 .identity(Identity.generate(random))
 *                 .transport(network.newTransport())
 *                 .build()
 *                 .start();
 *         DhtNode client = DhtNode.builder()
 *                 .identity(Identity.generate(random))
 *                 .transport(network.newTransport())
 *                 .clientMode()
 *                 .build()
 *                 .start()) {
 *     List<InetSocketAddress> seeds = List.of(Endpoints.toSocketAddress(seed.localEndpoint()));
 *     agent.bootstrap(seeds);
 *     client.bootstrap(seeds);
 *     agent.publish(EndpointPayload.of(List.of("https://babel.example/a2a")));
 *     if (client.resolve(agent.address()) instanceof ResolveResult.Found found) {
 *         System.out.println(found.endpoint().payload().endpoints());
 *     }
 * }
 * }</pre>
 *
 * <p>Each transport has a made-up loopback address, an inbox of {@value #INBOX} datagrams and one thread. Datagrams
 * arrive at once, in the order in which they were sent, and are never damaged. A datagram is lost if the inbox is full
 * or no transport has its address, as on a real network; so closing a node is how a test makes it fail. Nodes keep
 * their real timeouts and intervals, of real time.
 *
 * <p>Not for measuring, and not for what needs public addresses: nodes on loopback addresses do not find out how a
 * network sees them, and subnet limits do not apply to them. A network has at most 55,536 transports, closed ones
 * included. Thread-safe.
 */
public final class MemoryNetwork {

    /** Most datagrams that wait for one receiver. */
    public static final int INBOX = 256;

    private static final int FIRST_PORT = 10_000;
    private static final int LAST_PORT = 0xffff;
    private static final byte[] IP = {127, 0, 0, 1};

    private static final Logger LOG = LoggerFactory.getLogger(MemoryNetwork.class);

    private final RateLimitedLogger defects = new RateLimitedLogger(LOG, System::nanoTime);
    private final Map<Endpoint, MemoryTransport> transports = new ConcurrentHashMap<>();
    private final AtomicInteger nextPort = new AtomicInteger(FIRST_PORT);

    /** An empty network. */
    public MemoryNetwork() {}

    /**
     * Adds a transport with an address of its own to the network. It receives once it is started, which its node does.
     *
     * @throws IllegalStateException if the network has given away all its addresses
     */
    public Transport newTransport() {
        int port = nextPort.getAndIncrement();
        if (port < FIRST_PORT || port > LAST_PORT) {
            throw new IllegalStateException("transports of a memory network: more than " + (LAST_PORT - FIRST_PORT + 1)
                    + "; use another network for further nodes");
        }
        MemoryTransport transport = new MemoryTransport(Endpoint.of(IP, port));
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
                    handle(inbox.take(), handler);
                }
            } catch (InterruptedException closed) {
                // Closing interrupts; there is nothing left to do.
            }
        }

        private void handle(Datagram datagram, DatagramHandler handler) {
            try {
                byte[] bytes = datagram.bytes().toArray();
                handler.onDatagram(datagram.from(), bytes, bytes.length);
                handler.onDrained();
            } catch (RuntimeException | Error defect) {
                defects.error("a datagram could not be handled", defect);
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
