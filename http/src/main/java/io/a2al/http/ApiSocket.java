package io.a2al.http;

import io.a2al.dht.transport.Endpoints;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;

/**
 * Binds the socket of an HTTP interface before that is started, without loading the web server. Stateless and
 * thread-safe.
 */
public final class ApiSocket {

    /** Length of the system's queue of connections that are not accepted yet. */
    private static final int BACKLOG = 128;

    private ApiSocket() {}

    /**
     * Binds an address. Connections wait in the system's queue until they are served. The caller closes the socket.
     *
     * @param listen where; port 0 stands for any free port
     * @throws IOException if the address cannot be bound; the message names the address and the remedy
     * @throws IllegalArgumentException if the host is not resolved
     */
    public static ServerSocketChannel bind(InetSocketAddress listen) throws IOException {
        InetSocketAddress resolved = Endpoints.requireResolved(listen);
        ServerSocketChannel socket = ServerSocketChannel.open();
        try {
            return socket.bind(resolved, BACKLOG);
        } catch (IOException e) {
            socket.close();
            throw Endpoints.cannotListen(listen, e);
        }
    }
}
