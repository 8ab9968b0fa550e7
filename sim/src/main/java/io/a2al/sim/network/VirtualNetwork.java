package io.a2al.sim.network;

import io.a2al.protocol.message.Endpoint;
import io.a2al.sim.engine.EventQueue;
import io.a2al.sim.engine.Streams;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The virtual internet: finds who has an address, and delivers datagrams late, twice or not at all. Only what is under
 * way takes memory beside the hosts themselves. Not thread-safe.
 */
public final class VirtualNetwork {

    private record Direction(int from, int to) {}

    private final EventQueue queue;
    private final Streams streams;
    private LinkModel links;
    private final NetworkListener listener;
    private final Map<Endpoint, Host> hosts = new HashMap<>();
    private final Map<Endpoint, NatBox> boxes = new HashMap<>();
    private final Set<Direction> cuts = new HashSet<>();
    private boolean partitioned;
    private long duplicated;
    private long underWay;

    /** A network without hosts. */
    public VirtualNetwork(EventQueue queue, Streams streams, LinkSettings settings, NetworkListener listener) {
        this.queue = queue;
        this.streams = streams;
        this.links = new LinkModel(settings, streams);
        this.listener = listener;
    }

    // ---- hosts ------------------------------------------------------------------------------------------------

    /**
     * Connects a host, with its NAT box if it has one.
     *
     * @throws IllegalArgumentException if somebody has one of its addresses
     */
    public void connect(Host host) {
        host.nat().ifPresent(box -> boxes.put(box.address(), box.withHost(host)));
        for (Endpoint endpoint : host.endpoints()) {
            boolean mapped = endpoint.isIpv4() && host.nat().isPresent();
            if (!mapped && hosts.putIfAbsent(endpoint, host) != null) {
                throw new IllegalArgumentException("two hosts have the address " + endpoint);
            }
        }
    }

    /** The host with this public address, if it is not behind a NAT box. */
    public Optional<Host> hostAt(Endpoint endpoint) {
        return Optional.ofNullable(hosts.get(endpoint));
    }

    /** The host that is known by this address now, be it the address of its NAT box. */
    public Optional<Host> hostKnownAs(Endpoint endpoint) {
        return hostAt(endpoint)
                .or(() -> Optional.ofNullable(boxes.get(endpoint.withPort(0)))
                        .flatMap(box -> box.hostAt(endpoint.port())));
    }

    // ---- faults -----------------------------------------------------------------------------------------------

    /** From now on nothing gets from one host to the other; the way back is not affected. */
    public void cut(Host from, Host to) {
        cuts.add(new Direction(from.index(), to.index()));
    }

    /** Mends what {@link #cut} did. */
    public void mend(Host from, Host to) {
        cuts.remove(new Direction(from.index(), to.index()));
    }

    /** Whether hosts on different {@linkplain Host#setSide sides} are kept apart. */
    public void setPartitioned(boolean value) {
        partitioned = value;
    }

    /** From now on links lose, duplicate and cut nothing by themselves. */
    public void mendLinks() {
        links = new LinkModel(links.settings().mended(), streams);
    }

    // ---- datagrams --------------------------------------------------------------------------------------------

    /** Sends a datagram; false if the host cannot, being switched off or having no address of that family. */
    public boolean send(Host sender, Endpoint to, Datagram datagram) {
        Optional<Endpoint> own = sender.endpointFor(to);
        if (!sender.isUp() || own.isEmpty()) {
            return false;
        }
        Endpoint source = to.isIpv4() && sender.nat().isPresent()
                ? sender.nat().get().outbound(sender, to, queue.now())
                : own.get();
        transmit(sender, source, to, datagram);
        return true;
    }

    /** Sends a datagram with any source address, as hosts can whose provider does not look. */
    public void sendAs(Host sender, Endpoint source, Endpoint to, Datagram datagram) {
        if (sender.isUp()) {
            transmit(sender, source, to, datagram);
        }
    }

    private void transmit(Host sender, Endpoint source, Endpoint to, Datagram datagram) {
        listener.onSent(sender, source, to, datagram);
        long now = queue.now();
        long departure = Math.max(now, sender.uplinkFreeAt());
        if (departure - now > links.settings().longestQueue().toNanos()) {
            listener.onLost(sender, to, datagram, LossReason.QUEUE);
            return;
        }
        departure += links.transmission(datagram);
        sender.occupyUplink(departure);
        Optional<Host> towards = towards(to);
        if (towards.isEmpty()) {
            LossReason reason = to.isPublic() ? LossReason.NOBODY : LossReason.UNROUTABLE;
            listener.onLost(sender, to, datagram, reason);
            return;
        }
        long fate = links.fate(sender, towards.get(), now, datagram);
        Optional<LossReason> obstacle = obstacle(sender, towards.get(), fate);
        if (obstacle.isPresent()) {
            listener.onLost(sender, to, datagram, obstacle.get());
            return;
        }
        Flight flight = new Flight(sender, source, to, datagram);
        underWay++;
        queue.at(departure + links.delay(sender, towards.get(), fate, 0), flight);
        if (links.isDuplicated(fate)) {
            duplicated++;
            underWay++;
            queue.at(departure + links.delay(sender, towards.get(), fate, 1), flight);
        }
    }

    /** Datagrams that were doubled on their way since the beginning. */
    public long duplicated() {
        return duplicated;
    }

    /** Datagrams that are on their way now, doubles included. */
    public long underWay() {
        return underWay;
    }

    /**
     * The host that has this address, or one behind the box that has it, which stands for all of them while on the way.
     */
    private Optional<Host> towards(Endpoint to) {
        Host host = hosts.get(to);
        if (host != null) {
            return Optional.of(host);
        }
        NatBox box = boxes.get(to.withPort(0));
        return box == null ? Optional.empty() : Optional.of(box.anchor());
    }

    private Optional<LossReason> obstacle(Host from, Host to, long fate) {
        if (partitioned && from.side() != to.side()) {
            return Optional.of(LossReason.PARTITION);
        }
        if (!cuts.isEmpty() && cuts.contains(new Direction(from.index(), to.index()))) {
            return Optional.of(LossReason.CUT);
        }
        if (links.isCut(from, to)) {
            return Optional.of(LossReason.CUT);
        }
        return links.isLost(fate) ? Optional.of(LossReason.CHANCE) : Optional.empty();
    }

    /** A datagram on its way; runs when it gets to the receiver's end. */
    private final class Flight implements Runnable {

        private final Host sender;
        private final Endpoint source;
        private final Endpoint to;
        private final Datagram datagram;

        Flight(Host sender, Endpoint source, Endpoint to, Datagram datagram) {
            this.sender = sender;
            this.source = source;
            this.to = to;
            this.datagram = datagram;
        }

        @Override
        public void run() {
            Host host = hosts.get(to);
            if (host != null) {
                enter(host);
                return;
            }
            Optional<Host> behind = Optional.ofNullable(boxes.get(to.withPort(0)))
                    .flatMap(box -> box.inbound(source, to.port(), queue.now()));
            if (behind.isPresent()) {
                enter(behind.get());
            } else {
                lose(LossReason.FILTERED);
            }
        }

        private void enter(Host receiver) {
            long duration = links.transmission(datagram);
            if (duration == 0) {
                arrive(receiver);
                return;
            }
            long begin = Math.max(queue.now(), receiver.downlinkFreeAt());
            if (begin - queue.now() > links.settings().longestQueue().toNanos()) {
                lose(LossReason.QUEUE);
                return;
            }
            receiver.occupyDownlink(begin + duration);
            queue.at(begin + duration, () -> arrive(receiver));
        }

        private void arrive(Host receiver) {
            Optional<DatagramReceiver> socket = receiver.receiver();
            if (socket.isEmpty()) {
                lose(LossReason.NOBODY);
                return;
            }
            underWay--;
            listener.onArrived(receiver, source, datagram);
            socket.get().onDatagram(source, datagram);
        }

        private void lose(LossReason reason) {
            underWay--;
            listener.onLost(sender, to, datagram, reason);
        }
    }
}
