package io.a2al.sim.network;

import io.a2al.core.bounds.BoundedMap;
import io.a2al.protocol.message.Endpoint;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A NAT box with one public IPv4 address. Mappings live until nothing was sent through them for a while (RFC 4787 REQ-5
 * and REQ-6: what comes in keeps nothing alive), and a new one has another port. There is no hairpinning: hosts behind
 * one box do not reach each other by its address. Mappings are bounded; at the limit the oldest goes. Times in
 * nanoseconds. Not thread-safe.
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
     * A box without mappings.
     *
     * @param kind any but public
     * @param address its public address; the port does not matter
     * @param timeout after which an unused mapping is forgotten
     */
    public NatBox(NatKind kind, Endpoint address, long timeout) {
        this.kind = kind;
        this.address = address.withPort(0);
        this.timeout = timeout;
    }

    /** What kind it is. */
    public NatKind kind() {
        return kind;
    }

    /** Its public address, with port 0. */
    public Endpoint address() {
        return address;
    }

    int mappings() {
        return mappings.size();
    }

    /** The first host behind it; boxes without one are in no network. */
    Host anchor() {
        return anchor.orElseThrow();
    }

    /** Puts a host behind it. */
    NatBox withHost(Host host) {
        if (anchor.isEmpty()) {
            anchor = Optional.of(host);
        }
        return this;
    }

    /** The host that has this port now; whether anything gets in is another question. */
    Optional<Host> hostAt(int port) {
        return Optional.ofNullable(byPort.get(port)).map(mapping -> mapping.host);
    }

    /** A host behind this box sends; returns the source address that the receiver will see. */
    Endpoint outbound(Host host, Endpoint to, long now) {
        Key key = new Key(host.index(), kind == NatKind.SYMMETRIC ? Optional.of(to) : Optional.empty());
        Mapping mapping = mappings.get(key);
        if (mapping == null || now - mapping.lastSent > timeout) {
            forgetExpired(now);
            mapping = new Mapping(host, freePort());
            mappings.put(key, mapping);
            byPort.put(mapping.port, mapping);
        }
        mapping.lastSent = now;
        mapping.sentTo.put(peer(to), now);
        return address.withPort(mapping.port);
    }

    /** The host that a datagram is for; nothing if the box lets it not in. */
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

    /** Also forgets ports whose mapping had to go because there were too many. */
    private void forgetExpired(long now) {
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
