package io.a2al.dht.transport;

import io.a2al.protocol.message.Endpoint;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Sends and receives datagrams. It receives on threads of its own; {@link #send} may be called from any thread. A node
 * owns its transport and closes it.
 */
public interface Transport extends AutoCloseable {

    /**
     * Begins to receive. The supplier is called once for each receiving thread. Such a thread passes each datagram to
     * {@link DatagramHandler#onDatagram} and calls {@link DatagramHandler#onDrained} each time before it waits for one;
     * until then the handler may defer its answers. What a handler throws must not end the thread. To be called once.
     */
    void start(Supplier<DatagramHandler> handlers);

    /**
     * Sends the first {@code length} bytes of {@code datagram}. Waits for the network interface at most.
     *
     * @return false if the datagram was not sent, for example because there is no route to the address
     */
    boolean send(Endpoint to, byte[] datagram, int length);

    /**
     * Sends likewise, but from the address at which the datagram arrived that the calling thread was passed last. For
     * answers to it, and to earlier ones if {@link DatagramHandler#onDrained} was not called since. On a thread that
     * receives nothing this is the same as {@link #send}, as it is for a transport with one address.
     */
    default boolean answer(Endpoint to, byte[] datagram, int length) {
        return send(to, datagram, length);
    }

    /** Returns the address that the transport listens on; its IP may be unspecified. */
    Endpoint localEndpoint();

    /** Returns the buffers and errors of its socket, if it has one. Asks the system, so it is not for calling often. */
    default Optional<SocketStatistics> socket() {
        return Optional.empty();
    }

    /** Stops receiving and waits until the threads have ended. Can be called twice. */
    @Override
    void close();
}
