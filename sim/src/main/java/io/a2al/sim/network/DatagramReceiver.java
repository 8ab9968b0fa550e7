package io.a2al.sim.network;

import io.a2al.protocol.message.Endpoint;

/** Receives the datagrams that arrive at the socket of a host. */
@FunctionalInterface
public interface DatagramReceiver {

    /** Called when a datagram has arrived. Its source address {@code from} may be spoofed. */
    void onDatagram(Endpoint from, Datagram datagram);
}
