package io.a2al.dht.transport;

import io.a2al.protocol.message.Endpoint;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Sends and receives datagrams. Threads are the transport's own; {@link #send} may be called from any. A node owns its
 * transport and closes it.
 */
public interface Transport extends AutoCloseable {

    /**
     * Begins to receive; the supplier is asked once for each receiving thread, which hands the datagrams it receives to
     * {@link DatagramHandler#onDatagram} and calls {@link DatagramHandler#onDrained} each time before it waits for one:
     * until then answers may be held back. To be called once.
     */
    void start(Supplier<DatagramHandler> handlers);

    /**
     * Sends the first {@code length} bytes of {@code datagram}. Does not wait for anything but the network interface.
     *
     * @return false if the datagram was not handed over, for example because there is no route to the address
     */
    boolean send(Endpoint to, byte[] datagram, int length);

    /** The address that is listened on; its IP may be unspecified. */
    Endpoint localEndpoint();

    /** The buffers of its socket, if it has one; asks the system, so not for every datagram. */
    default Optional<SocketStatistics> socket() {
        return Optional.empty();
    }

    /** Stops receiving and waits for the threads to end. Can be called twice. */
    @Override
    void close();
}
