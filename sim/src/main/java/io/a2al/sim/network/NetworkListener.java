package io.a2al.sim.network;

import io.a2al.protocol.message.Endpoint;

/** Is told of everything that happens to datagrams. Must not send or change anything. */
public interface NetworkListener {

    /** A host sent a datagram; {@code from} is the source that others see, behind its NAT. */
    void onSent(Host sender, Endpoint from, Endpoint to, Datagram datagram);

    /** A datagram is handed to its receiver. */
    void onArrived(Host receiver, Endpoint from, Datagram datagram);

    /** A datagram was lost. */
    void onLost(Host sender, Endpoint to, Datagram datagram, LossReason reason);
}
