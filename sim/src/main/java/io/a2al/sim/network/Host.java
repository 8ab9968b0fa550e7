package io.a2al.sim.network;

import io.a2al.protocol.message.Endpoint;
import java.util.List;
import java.util.Optional;

/** A machine with one socket in the virtual internet. Not thread-safe. */
public final class Host {

    private final int index;
    private final Place place;
    private final List<Endpoint> endpoints;
    private final Optional<NatBox> nat;

    private Optional<DatagramReceiver> receiver = Optional.empty();
    private int side;
    private long lag;
    private long uplinkFreeAt;
    private long downlinkFreeAt;

    /**
     * Creates a host that is switched off.
     *
     * @param index number of the host, unique in the network
     * @param place position of the host, from which delays are computed
     * @param endpoints addresses of its socket: IPv4, IPv6, or one of each; behind a NAT box the IPv4 address is
     *     private
     * @param nat the NAT box of its IPv4 traffic, if any
     */
    public Host(int index, Place place, List<Endpoint> endpoints, Optional<NatBox> nat) {
        this.index = index;
        this.place = place;
        this.endpoints = List.copyOf(endpoints);
        this.nat = nat;
    }

    /** Returns the number of this host. */
    public int index() {
        return index;
    }

    /** Returns the position of this host. */
    public Place place() {
        return place;
    }

    /** Returns the NAT box of this host's IPv4 traffic, if any. */
    public Optional<NatBox> nat() {
        return nat;
    }

    /** Returns the kind of NAT that this host is behind. */
    public NatKind natKind() {
        return nat.map(NatBox::kind).orElse(NatKind.PUBLIC);
    }

    /** Returns the addresses of the socket, the primary one first. */
    public List<Endpoint> endpoints() {
        return endpoints;
    }

    /** Returns the primary address of the socket. */
    public Endpoint endpoint() {
        return endpoints.getFirst();
    }

    /** Returns this host's address of the same family as {@code other}, if it has one. */
    Optional<Endpoint> endpointFor(Endpoint other) {
        for (Endpoint endpoint : endpoints) {
            if (endpoint.isIpv4() == other.isIpv4()) {
                return Optional.of(endpoint);
            }
        }
        return Optional.empty();
    }

    /** Returns the first address of this host of a family that {@code other} has; the primary one if none is. */
    public Endpoint endpointFrom(Host other) {
        return endpoints.stream()
                .filter(endpoint -> other.endpointFor(endpoint).isPresent())
                .findFirst()
                .orElseGet(this::endpoint);
    }

    /** Switches the host on. Datagrams that arrive go to {@code socket}. */
    public void attach(DatagramReceiver socket) {
        receiver = Optional.of(socket);
    }

    /** Switches the host off. It no longer sends or receives datagrams. */
    public void detach() {
        receiver = Optional.empty();
    }

    /** Returns true if the host is switched on. */
    public boolean isUp() {
        return receiver.isPresent();
    }

    Optional<DatagramReceiver> receiver() {
        return receiver;
    }

    /** Returns the side that the host is on during a partition; initially 0. */
    public int side() {
        return side;
    }

    /** Sets the side that the host is on during a partition. */
    public void setSide(int value) {
        side = value;
    }

    /** Returns the extra delay of all datagrams to this host, in nanoseconds. */
    public long lag() {
        return lag;
    }

    /** Sets the extra delay of all datagrams to this host, in nanoseconds. */
    public void setLag(long nanos) {
        lag = nanos;
    }

    long uplinkFreeAt() {
        return uplinkFreeAt;
    }

    void occupyUplink(long until) {
        uplinkFreeAt = until;
    }

    long downlinkFreeAt() {
        return downlinkFreeAt;
    }

    void occupyDownlink(long until) {
        downlinkFreeAt = until;
    }
}
