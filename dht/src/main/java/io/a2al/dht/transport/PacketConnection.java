package io.a2al.dht.transport;

import io.a2al.protocol.message.Endpoint;
import java.util.Optional;

/** A socket's side for a protocol other than the DHT's, such as QUIC. Thread-safe. */
public interface PacketConnection extends AutoCloseable {

    /**
     * Sends the first {@code length} bytes of {@code datagram}. The receiver tells protocols apart by the first one,
     * which must have the bit {@code 0x40} set, as every packet of QUIC has.
     *
     * @return false if the datagram was not handed over, for example because there is no route to the address
     * @throws IllegalArgumentException if the receiver would take it for one of the DHT's
     */
    boolean send(Endpoint to, byte[] datagram, int length);

    /** Waits for the next datagram; nothing once this or the socket is closed. */
    Optional<Datagram> receive() throws InterruptedException;

    /** The address that is listened on; its IP may be unspecified. */
    Endpoint localEndpoint();

    /** Stops receiving, and wakes whoever waits; the socket stays open. Can be called twice. */
    @Override
    void close();
}
