package io.a2al.conformance.node;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.message.Endpoint;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A network of the prober and one node under a virtual clock: ten minutes of waiting take no time. Datagrams take a
 * millisecond. Not thread-safe.
 */
final class VirtualProbeNetwork implements ProbeNetwork {

    static final Endpoint PUBLIC = Endpoint.of(new byte[] {5, 1, 1, 1}, 4121);
    static final Endpoint LOOPBACK = Endpoint.of(new byte[] {127, 0, 0, 1}, 4121);

    private static final long LATENCY = Duration.ofMillis(1).toNanos();
    private static final long START_SECONDS = 1_700_000_000L;

    private record Event(long time, long sequence, Runnable action) {}

    private final PriorityQueue<Event> queue =
            new PriorityQueue<>(Comparator.comparingLong(Event::time).thenComparingLong(Event::sequence));
    private final Map<Endpoint, Consumer<Bytes>> sockets = new HashMap<>();
    private final Endpoint nodeEndpoint;
    private final NodeUnderTest node;
    private int nextPort = 20_000;
    private long now;
    private long sequence;

    /**
     * A network with a node.
     *
     * @param node the address of the node
     * @param start makes the node
     */
    VirtualProbeNetwork(Endpoint node, Function<VirtualProbeNetwork, NodeUnderTest> start) {
        this.nodeEndpoint = node;
        this.node = start.apply(this);
    }

    /** Sends a datagram of the node. */
    void sendFromNode(Endpoint to, Bytes datagram) {
        after(LATENCY, () -> {
            Consumer<Bytes> receiver = sockets.get(to);
            if (receiver != null) {
                receiver.accept(datagram);
            }
        });
    }

    private void after(long delay, Runnable action) {
        queue.add(new Event(now + delay, sequence++, action));
    }

    @Override
    public Endpoint node() {
        return nodeEndpoint;
    }

    @Override
    public Socket open(Consumer<Bytes> receiver) {
        byte[] ip = nodeEndpoint.equals(LOOPBACK) ? new byte[] {127, 0, 0, 1} : new byte[] {5, 2, 2, 2};
        Endpoint local = Endpoint.of(ip, nextPort++);
        sockets.put(local, receiver);
        return new Socket() {
            @Override
            public Endpoint local() {
                return local;
            }

            @Override
            public void send(Bytes datagram) {
                after(LATENCY, () -> node.receive(local, datagram));
            }
        };
    }

    @Override
    public boolean await(BooleanSupplier done, Duration timeout) {
        long until = now + timeout.toNanos();
        while (!done.getAsBoolean()) {
            long event = queue.isEmpty() ? Long.MAX_VALUE : queue.peek().time();
            long tick = Math.max(now, node.nextDeadline());
            if (Math.min(event, tick) > until) {
                now = until;
                return false;
            }
            if (event <= tick) {
                now = event;
                Objects.requireNonNull(queue.poll()).action().run();
            } else {
                now = tick;
                node.tick();
            }
        }
        return true;
    }

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public long unixSeconds() {
        return START_SECONDS + Duration.ofNanos(now).toSeconds();
    }

    @Override
    public void close() {
        sockets.clear();
    }
}
