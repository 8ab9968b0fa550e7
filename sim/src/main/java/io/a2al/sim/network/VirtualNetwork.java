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
 * The virtual internet. It routes datagrams to the host that has the destination address, and delays, duplicates or
 * drops them. Apart from the hosts, only datagrams in flight take memory. Not thread-safe.
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
    private long inFlight;

    /** Creates a network without hosts. */
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
     * @throws IllegalArgumentException if another host has one of its addresses
     */
    public void connect(Host host) {
        host.nat().ifPresent(box -> boxes.put(box.address(), box.withHost(host)));
        for (Endpoint endpoint : host.endpoints()) {
            boolean mapped = endpoint.isIpv4() && host.nat().isPresent();
            if (!mapped && hosts.putIfAbsent(endpoint, host) != null) {
                throw new IllegalArgumentException("address of two hosts: " + endpoint + "; must be unique");
            }
        }
    }

    /** Returns the host that has this public address itself, not through a NAT box. */
    public Optional<Host> hostAt(Endpoint endpoint) {
        return Optional.ofNullable(hosts.get(endpoint));
    }

    /** Returns the host that has this public address now, itself or through a mapping of its NAT box. */
    public Optional<Host> hostKnownAs(Endpoint endpoint) {
        return hostAt(endpoint)
                .or(() -> Optional.ofNullable(boxes.get(endpoint.withPort(0)))
                        .flatMap(box -> box.hostAt(endpoint.port())));
    }

    // ---- faults -----------------------------------------------------------------------------------------------

    /** Cuts the link from one host to the other. The opposite direction is not affected. */
    public void cut(Host from, Host to) {
        cuts.add(new Direction(from.index(), to.index()));
    }

    /** Reverts {@link #cut}. */
    public void mend(Host from, Host to) {
        cuts.remove(new Direction(from.index(), to.index()));
    }

    /** Sets whether hosts on different {@linkplain Host#setSide sides} are separated. */
    public void setPartitioned(boolean value) {
        partitioned = value;
    }

    /** Returns whether the network is split into two halves. */
    public boolean isPartitioned() {
        return partitioned;
    }

    /** Removes the faults of the link settings from now on. Links cut by {@link #cut} stay cut. */
    public void mendLinks() {
        links = new LinkModel(links.settings().mended(), streams);
    }

    // ---- datagrams --------------------------------------------------------------------------------------------

    /**
     * Sends a datagram.
     *
     * @return false if the host cannot send, because it is switched off or has no address of that family
     */
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

    /** Sends a datagram with a spoofed source address, as hosts can whose provider does not filter. */
    public void sendAs(Host sender, Endpoint source, Endpoint to, Datagram datagram) {
        if (sender.isUp()) {
            transmit(sender, source, to, datagram);
        }
    }

    private void transmit(Host sender, Endpoint source, Endpoint to, Datagram datagram) {
        listener.onSent(sender, source, to, datagram);
        long now = queue.now();
        long departure = Math.max(now, sender.uplinkFreeAt());
        if (departure - now > links.settings().bandwidth().longestQueue().toNanos()) {
            listener.onLost(sender, to, datagram, LossReason.QUEUE);
            return;
        }
        departure += links.transmission(datagram);
        sender.occupyUplink(departure);
        Optional<Host> receiver = receiverOf(to);
        if (receiver.isEmpty()) {
            LossReason reason = to.isPublic() ? LossReason.NOBODY : LossReason.UNROUTABLE;
            listener.onLost(sender, to, datagram, reason);
            return;
        }
        long fate = links.fate(sender, receiver.get(), now, datagram);
        Optional<LossReason> dropReason = dropReason(sender, receiver.get(), fate);
        if (dropReason.isPresent()) {
            listener.onLost(sender, to, datagram, dropReason.get());
            return;
        }
        Flight flight = new Flight(sender, source, to, datagram);
        inFlight++;
        queue.at(departure + links.delay(sender, receiver.get(), fate, 0), flight);
        if (links.isDuplicated(fate)) {
            duplicated++;
            inFlight++;
            queue.at(departure + links.delay(sender, receiver.get(), fate, 1), flight);
        }
    }

    /** Returns the number of datagrams duplicated since the start of the run. */
    public long duplicated() {
        return duplicated;
    }

    /** Returns the number of datagrams in flight, duplicates included. */
    public long inFlight() {
        return inFlight;
    }

    /**
     * Returns the host that has this address, or the first host behind the box that has it. Links to all hosts behind
     * one box are that host's.
     */
    private Optional<Host> receiverOf(Endpoint to) {
        Host host = hosts.get(to);
        if (host != null) {
            return Optional.of(host);
        }
        NatBox box = boxes.get(to.withPort(0));
        return box == null ? Optional.empty() : Optional.of(box.anchor());
    }

    private Optional<LossReason> dropReason(Host from, Host to, long fate) {
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

    /** A datagram in flight; runs when it reaches the receiver's end of the link. */
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
            if (begin - queue.now()
                    > links.settings().bandwidth().longestQueue().toNanos()) {
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
            inFlight--;
            listener.onArrived(receiver, source, datagram);
            socket.get().onDatagram(source, datagram);
        }

        private void lose(LossReason reason) {
            inFlight--;
            listener.onLost(sender, to, datagram, reason);
        }
    }
}
