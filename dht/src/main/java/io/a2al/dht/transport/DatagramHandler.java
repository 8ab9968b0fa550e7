package io.a2al.dht.transport;

import io.a2al.protocol.message.Endpoint;

/** Handles received datagrams. Each thread of a transport has a handler of its own, which need not be thread-safe. */
@FunctionalInterface
public interface DatagramHandler {

    /**
     * Handles a datagram: the first {@code length} bytes of {@code buffer}, which is reused after the call.
     *
     * @param from its source, as an IPv4 address where that is IPv4-mapped
     * @param length its length in bytes; may exceed that of a message, and then the rest may have been cut off
     */
    void onDatagram(Endpoint from, byte[] buffer, int length);

    /**
     * Does what was deferred, such as sending answers, because no further datagram is available. The thread calls this
     * each time before it waits, and before it passes a datagram that arrived at another address.
     */
    default void onDrained() {}
}
