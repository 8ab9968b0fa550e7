package io.a2al.sim.network;

import io.a2al.protocol.message.Endpoint;
import java.util.List;
import java.util.Optional;

/** A machine with one socket, somewhere in the virtual internet. Not thread-safe. */
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
     * A host that is switched off.
     *
     * @param index its number, different for each host
     * @param endpoints where its socket is: an IPv4 address, an IPv6 address, or one of each; the IPv4 one is a private
     *     address if there is a NAT box
     */
    public Host(int index, Place place, List<Endpoint> endpoints, Optional<NatBox> nat) {
        this.index = index;
        this.place = place;
        this.endpoints = List.copyOf(endpoints);
        this.nat = nat;
    }

    /** Its number. */
    public int index() {
        return index;
    }

    /** Where it is. */
    public Place place() {
        return place;
    }

    /** The box that its IPv4 datagrams go through, if there is one. */
    public Optional<NatBox> nat() {
        return nat;
    }

    /** What stands between the host and the internet. */
    public NatKind natKind() {
        return nat.map(NatBox::kind).orElse(NatKind.PUBLIC);
    }

    /** The addresses of its socket, the first one being what it is known by. */
    public List<Endpoint> endpoints() {
        return endpoints;
    }

    /** The first address of its socket. */
    public Endpoint endpoint() {
        return endpoints.getFirst();
    }

    /** Its own address of the family of {@code other}. */
    Optional<Endpoint> endpointFor(Endpoint other) {
        for (Endpoint endpoint : endpoints) {
            if (endpoint.isIpv4() == other.isIpv4()) {
                return Optional.of(endpoint);
            }
        }
        return Optional.empty();
    }

    /** Switches the host on: what arrives goes there. */
    public void attach(DatagramReceiver socket) {
        receiver = Optional.of(socket);
    }

    /** Switches the host off: nothing arrives any more, and nothing is sent. */
    public void detach() {
        receiver = Optional.empty();
    }

    /** True while it is switched on. */
    public boolean isUp() {
        return receiver.isPresent();
    }

    Optional<DatagramReceiver> receiver() {
        return receiver;
    }

    /** Which side of a partition it is on, while there is one; 0 to begin with. */
    public int side() {
        return side;
    }

    /** Puts the host on a side. */
    public void setSide(int value) {
        side = value;
    }

    /** How much later everything reaches it, in nanoseconds. */
    public long lag() {
        return lag;
    }

    /** Makes the host slow. */
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
