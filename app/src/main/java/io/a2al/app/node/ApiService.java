package io.a2al.app.node;

import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.LogSetup;
import io.a2al.app.cli.Nodes;
import io.a2al.app.cli.ProjectVersion;
import io.a2al.dht.DhtNode;
import io.a2al.dht.debug.HostRule;
import io.a2al.dht.files.DataDirectory;
import io.a2al.dht.files.OwnerOnlyFile;
import io.a2al.dht.transport.Endpoints;
import io.a2al.http.ApiSocket;
import io.a2al.http.HttpApi;
import io.a2al.http.HttpSettings;
import io.a2al.http.program.LogLevel;
import io.a2al.http.registry.RegistryFiles;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.message.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP interface of a running node, if there is to be one. Its socket is bound first, which is quick; the web
 * server is loaded and started when the node answers, and serves what has come meanwhile. While it serves, the data
 * directory has a file that says where.
 */
final class ApiService implements AutoCloseable {

    /** Ports after the default one that are tried if that is taken. */
    private static final int FURTHER_PORTS = 50;

    private static final String REMEDY = " with --api HOST:PORT, or do without it with --api none";

    private final Optional<Bound> bound;
    private final DataDirectory directory;
    private Optional<HttpApi> running = Optional.empty();

    /** A socket that nothing serves yet, and where it was to be. */
    private record Bound(ServerSocketChannel socket, InetSocketAddress asked) {

        InetSocketAddress address() {
            return (InetSocketAddress) socket.socket().getLocalSocketAddress();
        }
    }

    /** The log as it was set up when the program began. */
    private static final class ProgramLog implements LogLevel {

        @Override
        public String get() {
            return LogSetup.level().toLowerCase(Locale.ROOT);
        }

        @Override
        public void set(String level) {
            LogSetup.setLevel(level);
        }
    }

    private ApiService(Optional<Bound> bound, DataDirectory directory) {
        this.bound = bound;
        this.directory = directory;
    }

    /** Binds the socket. A file that a node left behind which was killed is deleted. */
    static ApiService reserve(ApiAddress where, DataDirectory directory) throws CommandException, IOException {
        Files.deleteIfExists(directory.apiFile());
        if (where.listen().isEmpty()) {
            return new ApiService(Optional.empty(), directory);
        }
        InetSocketAddress asked = where.listen().get();
        try {
            Bound bound = Nodes.atFirst(asked, address -> new Bound(bind(address, where.isAskedFor()), address));
            return new ApiService(Optional.of(bound), directory);
        } catch (IOException e) {
            throw CommandException.failed("no HTTP interface: " + e.getMessage() + REMEDY);
        }
    }

    private static ServerSocketChannel bind(InetSocketAddress address, boolean isAskedFor) throws IOException {
        int last = isAskedFor ? address.getPort() : address.getPort() + FURTHER_PORTS;
        for (int port = address.getPort(); port < last; port++) {
            try {
                return ApiSocket.bind(new InetSocketAddress(address.getAddress(), port));
            } catch (IOException taken) {
                // The next one may be free.
            }
        }
        return ApiSocket.bind(new InetSocketAddress(address.getAddress(), last));
    }

    /** The URL of the interface, as it can be asked on this machine. */
    Optional<String> url() {
        return bound.map(socket -> {
            Endpoint at = Endpoints.of(socket.address());
            boolean everywhere = at.scope() == Endpoint.Scope.UNSPECIFIED;
            return "http://" + (everywhere ? "127.0.0.1:" + at.port() : Endpoints.text(at));
        });
    }

    /** What the operator should know about the address. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        bound.ifPresent(socket -> {
            Endpoint at = Endpoints.of(socket.address());
            if (socket.asked().getPort() != 0 && socket.asked().getPort() != at.port()) {
                warnings.add("the HTTP interface is at " + Endpoints.text(at) + ", as " + Endpoints.text(socket.asked())
                        + " is taken; choose an address with --api HOST:PORT");
            }
            if (at.scope() != Endpoint.Scope.LOOPBACK) {
                warnings.add("warning: the HTTP interface has no encryption, and every host between here and its users"
                        + " can read the token; use --api 127.0.0.1:" + at.port() + ", and a tunnel from elsewhere");
            }
        });
        return warnings;
    }

    /**
     * Begins to serve; further calls are not allowed.
     *
     * @param identity the node's, by whose secret the keys of agents are encrypted
     * @param tokenAlways true if requests from this machine need the token, too
     */
    void start(DhtNode node, Identity identity, boolean tokenAlways) throws CommandException, IOException {
        if (bound.isEmpty()) {
            return;
        }
        Bound socket = bound.get();
        HttpSettings settings = HttpSettings.of(directory.apiTokenFile(), ProjectVersion.number())
                .withTokenAlways(tokenAlways)
                .withLog(new ProgramLog())
                .withAgents(new RegistryFiles(directory.agentsFile(), directory.agentsMailFile(), identity));
        try {
            running = Optional.of(HttpApi.start(node, socket.socket(), HostRule.of(socket.asked()), settings));
            OwnerOnlyFile.replace(
                    directory.apiFile(), (url().orElseThrow() + "\n").getBytes(StandardCharsets.US_ASCII));
        } catch (ClosedByInterruptException stopping) {
            // The thread is still interrupted, so that the node stops at its next wait.
        } catch (IOException e) {
            if (!isInterruption(e)) {
                throw CommandException.failed("no HTTP interface: " + e.getMessage());
            }
            Thread.currentThread().interrupt();
        }
    }

    /** The web server clears the interruption, and reports it as the cause of its failure. */
    private static boolean isInterruption(IOException failure) {
        boolean interrupted = Thread.currentThread().isInterrupted();
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            interrupted |= cause instanceof InterruptedException || cause instanceof ClosedByInterruptException;
        }
        return interrupted;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(directory.apiFile());
        running.ifPresent(HttpApi::close);
        if (bound.isPresent()) {
            bound.get().socket().close();
        }
    }
}
