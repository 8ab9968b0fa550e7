package io.a2al.dht.transport;

import io.a2al.protocol.message.Endpoint;
import java.util.Optional;

/** The side of a shared socket for a protocol other than the DHT's, such as QUIC. Thread-safe. */
public interface PacketConnection extends AutoCloseable {

    /**
     * Sends the first {@code length} bytes of {@code datagram}. The receiver distinguishes protocols by the first byte,
     * which must have the bit {@code 0x40} set, as it is in every QUIC packet.
     *
     * @return false if the datagram was not sent, for example because there is no route to the address
     * @throws IllegalArgumentException if the receiver would take it for a datagram of the DHT
     */
    boolean send(Endpoint to, byte[] datagram, int length);

    /** Waits for the next datagram and returns it; empty once this or the socket is closed. */
    Optional<Datagram> receive() throws InterruptedException;

    /** Returns the address that the socket listens on; its IP may be unspecified. */
    Endpoint localEndpoint();

    /** Stops receiving and wakes a waiting reader; the socket stays open. Can be called twice. */
    @Override
    void close();
}
