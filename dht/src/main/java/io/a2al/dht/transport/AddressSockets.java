package io.a2al.dht.transport;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sockets beside the wildcard socket, each bound to one address of the machine: those of listed addresses, and
 * those of addresses that were asked although no list has them. Bounded. Thread-safe.
 */
final class AddressSockets {

    /** Most listed addresses with a socket; those beyond get one when they are asked. */
    static final int MOST_LISTED = 256;

    /** Most sockets of addresses that were asked and not listed; the oldest is closed for another. */
    static final int MOST_FOUND = 64;

    private static final Logger LOG = LoggerFactory.getLogger(AddressSockets.class);

    /** A socket of one address. */
    private record Local(InetAddress address, UdpChannel channel) {

        /** An address of one link can be in use on two of them. */
        boolean isAt(InetAddress other) {
            return address.equals(other) && scope(address) == scope(other);
        }

        private static int scope(InetAddress address) {
            return address instanceof Inet6Address ipv6 && ipv6.isLinkLocalAddress() ? ipv6.getScopeId() : 0;
        }
    }

    private final UdpChannel wildcard;
    private final Selector selector;
    private final LongSupplier nanos;

    // Guarded by this.
    private final List<Local> listed = new ArrayList<>();
    private final List<Local> found = new ArrayList<>();
    private final OpeningRate findings;
    private long droppedByClosed;
    private boolean closed;

    /**
     * No sockets yet.
     *
     * @param wildcard the socket whose port the others share
     * @param selector waits for all sockets
     * @param nanos the time for the rate at which sockets are opened for addresses that are asked
     */
    AddressSockets(UdpChannel wildcard, Selector selector, LongSupplier nanos) {
        this.wildcard = wildcard;
        this.selector = selector;
        this.nanos = nanos;
        this.findings = new OpeningRate(nanos.getAsLong());
    }

    /** Opens a socket for each listed address that has none, and closes those of addresses that are gone. */
    synchronized void follow(List<InetAddress> present) {
        for (Local local : List.copyOf(listed)) {
            if (present.stream().noneMatch(local::isAt)) {
                LOG.debug("address {} is gone", local.address());
                listed.remove(local);
                close(local);
            }
        }
        for (InetAddress address : present) {
            if (listed.size() < MOST_LISTED && socketOf(listed, address).isEmpty()) {
                // From now on it has to stay listed.
                socketOf(found, address)
                        .filter(found::remove)
                        .or(() -> openAt(address))
                        .ifPresent(listed::add);
            }
        }
    }

    private static Optional<Local> socketOf(List<Local> locals, InetAddress address) {
        return locals.stream().filter(local -> local.isAt(address)).findFirst();
    }

    /**
     * Returns the socket of an address at which the wildcard socket was asked. Where a prefix is routed to the machine,
     * a stranger can ask at any number of addresses; beyond the rate, the wildcard socket answers.
     */
    synchronized UdpChannel at(InetAddress address) {
        Optional<Local> known = socketOf(listed, address).or(() -> socketOf(found, address));
        if (known.isPresent()) {
            return known.get().channel();
        }
        Optional<Local> opened = findings.tryTake(nanos.getAsLong()) ? openAt(address) : Optional.empty();
        opened.ifPresent(found::add);
        if (found.size() > MOST_FOUND) {
            close(found.removeFirst());
        }
        return opened.map(Local::channel).orElse(wildcard);
    }

    /** Returns nothing if the address cannot be bound; then the wildcard socket receives what is sent to it. */
    private Optional<Local> openAt(InetAddress address) {
        if (closed || address.isAnyLocalAddress() || address.isMulticastAddress()) {
            return Optional.empty();
        }
        try {
            UdpChannel channel = wildcard.openBeside(address);
            boolean registered = false;
            try {
                channel.register(selector);
                registered = true;
            } finally {
                if (!registered) {
                    channel.close();
                }
            }
            // A thread that is waiting does not see the new socket otherwise.
            selector.wakeup();
            LOG.debug("address {} has a socket", address);
            return Optional.of(new Local(address, channel));
        } catch (IOException | RuntimeException notYet) {
            LOG.debug("address {} has no socket", address, notYet);
            return Optional.empty();
        }
    }

    private void close(Local local) {
        droppedByClosed += local.channel().dropped().orElse(0L);
        local.channel().close();
        // The system closes it when the selector lets go of it.
        selector.wakeup();
    }

    /** Returns the number of sockets. */
    synchronized int size() {
        return listed.size() + found.size();
    }

    /** Returns the number of datagrams that the system dropped at these sockets, the closed ones included. */
    synchronized long dropped() {
        long dropped = droppedByClosed;
        for (List<Local> locals : List.of(listed, found)) {
            for (Local local : locals) {
                dropped += local.channel().dropped().orElse(0L);
            }
        }
        return dropped;
    }

    /** Closes all sockets; none is opened any longer. The selector has to be closed by its owner. */
    synchronized void close() {
        closed = true;
        listed.forEach(local -> local.channel().close());
        found.forEach(local -> local.channel().close());
        listed.clear();
        found.clear();
    }
}
