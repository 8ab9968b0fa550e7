package io.a2al.conformance.node;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.message.Endpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The sockets and the clock with which the suite reaches the node under test. Not thread-safe. */
interface ProbeNetwork extends AutoCloseable {

    /** A socket, which sends to the node under test only. */
    interface Socket {

        /** Returns its local address. Behind a NAT, the node sees another one. */
        Endpoint local();

        /** Sends a datagram to the node. */
        void send(Bytes datagram) throws IOException;
    }

    /** Returns the address of the node under test. */
    Endpoint node();

    /**
     * Opens a socket at a new port.
     *
     * @param receiver takes each datagram that the node sends there, during {@link #await}
     */
    Socket open(Consumer<Bytes> receiver) throws IOException;

    /**
     * Receives datagrams until {@code done} returns true or the timeout has elapsed.
     *
     * @return false if the timeout has elapsed
     */
    boolean await(BooleanSupplier done, Duration timeout) throws IOException;

    /** Returns monotonic nanoseconds from an arbitrary origin. */
    long nanoTime();

    /** Returns the current time in Unix seconds. */
    long unixSeconds();

    @Override
    void close() throws IOException;
}
