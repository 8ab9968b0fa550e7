package io.a2al.dht.transport;

import io.a2al.protocol.message.Endpoint;

/**
 * A way to one peer beside the socket, such as a connection of QUIC through two NATs, opened by {@link
 * SharedUdpTransport#openWay}. Datagrams of the DHT that the application received on it go to the node, and everything
 * that the node sends to the peer's address goes through the application for as long as the way is open. Thread-safe.
 */
public interface PeerWay extends AutoCloseable {

    /** Sends datagrams of the node on a way. Called on threads of the node, several at a time. */
    @FunctionalInterface
    interface Sender {

        /**
         * Sends the first {@code length} bytes of {@code datagram}, at most 1200, to the peer, as one datagram. Must
         * not wait, and must copy what it keeps, as the array is reused after the call. What it throws counts as not
         * sent.
         *
         * @return false if the datagram was not sent
         */
        boolean send(byte[] datagram, int length);
    }

    /** Returns the address that stands for the peer. */
    Endpoint peer();

    /**
     * Passes a datagram that arrived on this way to the node, as if the socket had received it from the peer's address.
     * Never waits: if the node's queue is full, the datagram is dropped and counted, as one from the socket is.
     *
     * @param datagram the array, which is copied
     * @param length bytes of it that were received
     * @return false if the way is closed, or the first byte says that this is no datagram of the DHT (wire.md 2.2)
     */
    boolean receive(byte[] datagram, int length);

    /** Returns true until this way or the transport is closed. */
    boolean isOpen();

    /**
     * Ends the way; from then on the node sends to the peer's address from the socket, also answers to datagrams
     * received before. Can be called twice.
     */
    @Override
    void close();
}
