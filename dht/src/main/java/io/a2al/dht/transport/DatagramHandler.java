package io.a2al.dht.transport;

import io.a2al.protocol.message.Endpoint;

/** Takes received datagrams. Each of a transport's threads has one of its own, so that it need not be thread-safe. */
@FunctionalInterface
public interface DatagramHandler {

    /**
     * Takes the first {@code length} bytes of {@code buffer}, which is used again after the call.
     *
     * @param from where the datagram came from, IPv4-mapped addresses turned into IPv4 ones
     * @param length perhaps more than a message may have; then the rest was cut off
     */
    void onDatagram(Endpoint from, byte[] buffer, int length);

    /**
     * No further datagram is at hand: whatever was put off until now has to be done. The thread calls this each time
     * before it waits.
     */
    default void onDrained() {}
}
