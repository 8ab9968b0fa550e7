package io.a2al.http.registry;

import io.a2al.dht.transport.Endpoints;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Where the program behind an agent listens on this machine. Only addresses of this machine are dialled, so that no
 * program can make the node connect to other machines. Immutable and thread-safe.
 *
 * @param text as the agent gave it
 * @param addresses where to try, in this order
 */
public record ServiceTarget(String text, List<InetSocketAddress> addresses) {

    private static final String HTTP = "http://";
    private static final String HTTPS = "https://";
    private static final String LOCALHOST = "localhost";
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    /** Copies the list. */
    public ServiceTarget {
        addresses = List.copyOf(addresses);
    }

    /**
     * Reads {@code host:port}, {@code http://host:port} or {@code https://host:port}.
     *
     * @throws IllegalArgumentException if it is none of these, has a path, or is not on this machine; the message names
     *     the remedy
     */
    public static ServiceTarget parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        int port = lower.startsWith(HTTP) ? HTTP_PORT : lower.startsWith(HTTPS) ? HTTPS_PORT : 0;
        String rest = lower.substring(port == HTTP_PORT ? HTTP.length() : port == HTTPS_PORT ? HTTPS.length() : 0);
        if (rest.indexOf('/') >= 0 || rest.indexOf('?') >= 0 || rest.indexOf('#') >= 0) {
            throw new IllegalArgumentException("\"" + text + "\" has a path; write host:port or http://host:port");
        }
        InetSocketAddress parsed = Endpoints.parse(rest, port);
        if (parsed.getPort() == 0) {
            throw new IllegalArgumentException("\"" + text + "\" has no port; write host:port");
        }
        return new ServiceTarget(text, local(text, parsed));
    }

    private static List<InetSocketAddress> local(String text, InetSocketAddress parsed) {
        if (parsed.getHostString().equals(LOCALHOST)) {
            return List.of(
                    new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), parsed.getPort()),
                    new InetSocketAddress(InetAddress.ofLiteral("::1"), parsed.getPort()));
        }
        if (parsed.isUnresolved() || !isOfThisMachine(parsed.getAddress())) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not on this machine; give localhost or one of its IP addresses");
        }
        return List.of(parsed);
    }

    private static boolean isOfThisMachine(InetAddress address) {
        try {
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException unknown) {
            return false;
        }
    }

    /** Tells whether a program accepts TCP connections. */
    @FunctionalInterface
    public interface Probe {

        /** Returns true if it accepts one; may wait. */
        boolean accepts(ServiceTarget target);
    }

    /** Returns a probe that connects and closes. */
    public static Probe connecting(Duration limit) {
        return target -> target.addresses().stream().anyMatch(address -> accepts(address, limit));
    }

    private static boolean accepts(InetSocketAddress address, Duration limit) {
        try (Socket socket = new Socket()) {
            socket.connect(address, (int) limit.toMillis());
            return true;
        } catch (IOException notThere) {
            return false;
        }
    }
}
