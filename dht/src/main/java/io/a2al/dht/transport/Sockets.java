package io.a2al.dht.transport;

import io.a2al.protocol.message.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;

/** What a transport receives with and sends with: one socket, or one for each address of the machine. Thread-safe. */
interface Sockets extends AutoCloseable {

    /**
     * Opens one socket, or, if the IP address is unspecified, one for each address of the machine. If this fails,
     * nothing stays open.
     *
     * @param listen address and port; port 0 for any free one
     * @throws IOException if the address cannot be bound; the message names the address and the remedy
     */
    static Sockets open(InetSocketAddress listen) throws IOException {
        return Endpoints.requireResolved(listen).getAddress().isAnyLocalAddress()
                ? WildcardSockets.open(listen, LocalAddresses.SYSTEM)
                : UdpSocket.open(listen);
    }

    /** Passes datagrams to {@code handler} until this is closed; see {@link ReceiveLoop}. */
    void receive(byte[] buffer, DatagramHandler handler);

    /** Sends the first {@code length} bytes; returns false if they were not sent. */
    boolean send(Endpoint to, byte[] datagram, int length);

    /** Sends likewise, from the address at which the datagram arrived that the calling thread handles. */
    boolean answer(Endpoint to, byte[] datagram, int length);

    /** Returns the socket from which {@link #answer} sends on the calling thread. */
    UdpChannel arrival();

    /**
     * Makes {@link #answer} send from {@code socket} on the calling thread, which handles a datagram of {@code from}.
     */
    void resume(Endpoint from, UdpChannel socket);

    /** Returns the address and port that were asked for, with the port that was free. */
    Endpoint local();

    ReceiveLoop reception();

    /** Returns the number of datagrams that could not be sent since the start. */
    long sendErrors();

    /** Returns the buffers. Asks the system, so it is not for calling often. */
    SocketStatistics statistics();

    @Override
    void close();
}
