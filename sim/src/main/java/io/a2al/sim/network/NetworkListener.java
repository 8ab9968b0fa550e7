package io.a2al.sim.network;

import io.a2al.protocol.message.Endpoint;

/** Observes all datagrams. Must not send datagrams or change any state. */
public interface NetworkListener {

    /** Called when a host has sent a datagram. {@code from} is the source address that the receiver sees. */
    void onSent(Host sender, Endpoint from, Endpoint to, Datagram datagram);

    /** Called before a datagram is delivered to its receiver. */
    void onArrived(Host receiver, Endpoint from, Datagram datagram);

    /** Called when a datagram has been lost. */
    void onLost(Host sender, Endpoint to, Datagram datagram, LossReason reason);
}
