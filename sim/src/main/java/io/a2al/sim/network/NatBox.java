package io.a2al.sim.network;

import io.a2al.core.bounds.BoundedMap;
import io.a2al.protocol.message.Endpoint;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A NAT box with one public IPv4 address. A mapping expires when no outgoing datagram has used it for the timeout;
 * incoming datagrams do not refresh it (RFC 4787 REQ-5 and REQ-6). A new mapping gets a new port. There is no
 * hairpinning: hosts behind one box do not reach each other by its public address. The number of mappings is bounded;
 * at the limit the oldest is evicted. Times are in nanoseconds. Not thread-safe.
 */
public final class NatBox {

    private static final int FIRST_PORT = 20_000;
    private static final int PORTS = 40_000;
    private static final int MAX_MAPPINGS = 4096;
    private static final int MAX_PEERS = 4096;

    private record Key(int host, Optional<Endpoint> to) {}

    private static final class Mapping {
        private final Host host;
        private final int port;
        private final Map<Endpoint, Long> sentTo = new BoundedMap<>(MAX_PEERS);
        private long lastSent;

        Mapping(Host host, int port) {
            this.host = host;
            this.port = port;
        }
    }

    private final NatKind kind;
    private final Endpoint address;
    private final long timeout;
    private final Map<Key, Mapping> mappings = new BoundedMap<>(MAX_MAPPINGS);
    private final Map<Integer, Mapping> byPort = new HashMap<>();
    private Optional<Host> anchor = Optional.empty();
    private int nextPort;

    /**
     * Creates a box without mappings.
     *
     * @param kind the kind of NAT; not {@link NatKind#PUBLIC}
     * @param address public address; the port is ignored
     * @param timeout time without outgoing datagrams after which a mapping expires, in nanoseconds
     */
    public NatBox(NatKind kind, Endpoint address, long timeout) {
        this.kind = kind;
        this.address = address.withPort(0);
        this.timeout = timeout;
    }

    /** Returns the kind of this NAT. */
    public NatKind kind() {
        return kind;
    }

    /** Returns the public address, with port 0. */
    public Endpoint address() {
        return address;
    }

    int mappings() {
        return mappings.size();
    }

    /** Returns the first host behind this box. Every box in a network has one. */
    Host anchor() {
        return anchor.orElseThrow();
    }

    /** Puts a host behind this box, and returns this box. */
    NatBox withHost(Host host) {
        if (anchor.isEmpty()) {
            anchor = Optional.of(host);
        }
        return this;
    }

    /** Returns the host to which the port is mapped, whether or not the box admits datagrams to it. */
    Optional<Host> hostAt(int port) {
        return Optional.ofNullable(byPort.get(port)).map(mapping -> mapping.host);
    }

    /** Maps an outgoing datagram, and returns the source address that the receiver sees. */
    Endpoint outbound(Host host, Endpoint to, long now) {
        Key key = new Key(host.index(), kind == NatKind.SYMMETRIC ? Optional.of(to) : Optional.empty());
        Mapping mapping = mappings.get(key);
        if (mapping == null || now - mapping.lastSent > timeout) {
            removeExpired(now);
            mapping = new Mapping(host, freePort());
            mappings.put(key, mapping);
            byPort.put(mapping.port, mapping);
        }
        mapping.lastSent = now;
        mapping.sentTo.put(peer(to), now);
        return address.withPort(mapping.port);
    }

    /** Returns the host to which an incoming datagram is forwarded, or empty if the box rejects it. */
    Optional<Host> inbound(Endpoint from, int port, long now) {
        Mapping mapping = byPort.get(port);
        if (mapping == null || now - mapping.lastSent > timeout) {
            return Optional.empty();
        }
        if (kind == NatKind.FULL_CONE) {
            return Optional.of(mapping.host);
        }
        Long sent = mapping.sentTo.get(peer(from));
        return sent != null && now - sent <= timeout ? Optional.of(mapping.host) : Optional.empty();
    }

    private Endpoint peer(Endpoint endpoint) {
        return kind == NatKind.RESTRICTED ? endpoint.withPort(0) : endpoint;
    }

    /** Removes expired mappings, and the ports of mappings that were evicted. */
    private void removeExpired(long now) {
        mappings.values().removeIf(mapping -> now - mapping.lastSent > timeout);
        if (byPort.size() > mappings.size()) {
            byPort.clear();
            mappings.values().forEach(mapping -> byPort.put(mapping.port, mapping));
        }
        if (mappings.size() == MAX_MAPPINGS) {
            byPort.remove(mappings.values().iterator().next().port);
        }
    }

    private int freePort() {
        int port;
        do {
            port = FIRST_PORT + nextPort++ % PORTS;
        } while (byPort.containsKey(port));
        return port;
    }
}
