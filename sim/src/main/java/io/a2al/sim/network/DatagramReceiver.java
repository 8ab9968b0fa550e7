package io.a2al.sim.network;

import io.a2al.protocol.message.Endpoint;

/** Whoever has the socket of a host. */
@FunctionalInterface
public interface DatagramReceiver {

    /** A datagram has arrived; {@code from} is where it seems to come from. */
    void onDatagram(Endpoint from, Datagram datagram);
}
