package io.a2al.http;

import io.a2al.dht.debug.HostRule;
import io.a2al.http.access.AccessHandler;
import io.a2al.http.access.AccessToken;
import io.a2al.http.explorer.ExplorerPages;
import io.a2al.http.limits.HttpLimits;
import io.a2al.http.route.Router;
import io.a2al.http.server.ApiHandler;
import io.a2al.http.server.ApiServer;
import io.a2al.http.stream.StreamSlots;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Serves the explorer with the film of a simulation, while that runs and after it, to browsers on this machine.
 * Thread-safe.
 */
public final class FilmServer implements AutoCloseable {

    /** A film as JSON, an object for each part. Thread-safe. */
    public interface Source {

        /** Returns the header. */
        String header();

        /**
         * Returns the frames after the first {@code seen}, at most {@code most}; waits for one, if the run goes on, for
         * this long at most.
         */
        List<String> after(int seen, int most, Duration patience) throws InterruptedException;

        /** Returns how the run ended; empty while it goes on. */
        Optional<String> end();
    }

    private final FilmResource film;
    private final ApiServer server;
    private final InetSocketAddress address;

    private FilmServer(FilmResource film, ApiServer server, InetSocketAddress address) {
        this.film = film;
        this.server = server;
        this.address = address;
    }

    /**
     * Binds an address and begins to serve there. If this fails, nothing stays open.
     *
     * @param listen a loopback address; port 0 stands for any free port
     * @throws IOException if the address cannot be bound; the message names the remedy
     * @throws IllegalArgumentException if the host is not resolved, or no loopback address
     */
    public static FilmServer start(InetSocketAddress listen, Source source) throws IOException {
        if (listen.getAddress() == null || !listen.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException(
                    listen + " is no loopback address; serve at 127.0.0.1:PORT, and use a tunnel from elsewhere");
        }
        HttpLimits limits = HttpLimits.DEFAULT;
        Router.Builder routes = Router.builder();
        ExplorerPages.ofSimulation().addTo(routes);
        FilmResource film = new FilmResource(source, new StreamSlots(limits.streams()));
        film.addTo(routes);
        ServerSocketChannel socket = ApiSocket.bind(listen);
        InetSocketAddress address = (InetSocketAddress) socket.getLocalAddress();
        AccessHandler access = new AccessHandler(
                HostRule.of(listen), AccessToken.secret(), false, new ApiHandler(routes.build(), limits));
        return new FilmServer(film, ApiServer.start(socket, limits, access), address);
    }

    /** Returns the address that it listens on. */
    public InetSocketAddress address() {
        return address;
    }

    /** Stops, and ends streams. Can be called twice. */
    @Override
    public void close() {
        film.close();
        server.close();
    }
}
