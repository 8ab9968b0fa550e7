package io.a2al.dht.transport;

import io.a2al.protocol.message.Endpoint;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.Locale;

/** Converts between the JDK's addresses and the protocol's. Stateless and thread-safe. */
public final class Endpoints {

    private Endpoints() {}

    /**
     * Returns the endpoint of a socket address.
     *
     * @throws IllegalArgumentException if its host name is not resolved
     */
    public static Endpoint of(InetSocketAddress address) {
        InetSocketAddress resolved = requireResolved(address);
        return Endpoint.of(resolved.getAddress().getAddress(), resolved.getPort())
                .unmapped();
    }

    /**
     * Returns the address.
     *
     * @throws IllegalArgumentException if its host name is not resolved
     */
    public static InetSocketAddress requireResolved(InetSocketAddress address) {
        if (address.isUnresolved()) {
            throw new IllegalArgumentException(
                    "cannot resolve host \"" + address.getHostString() + "\"; check the name or give an IP address");
        }
        return address;
    }

    /**
     * Returns the address that a peer is told to have: its own, or {@link Endpoint#NOT_UDP} if it has no IP address and
     * port.
     */
    public static Endpoint observed(SocketAddress address) {
        return address instanceof InetSocketAddress internet && !internet.isUnresolved()
                ? of(internet)
                : Endpoint.NOT_UDP;
    }

    /** Returns the socket address of an endpoint. */
    public static InetSocketAddress toSocketAddress(Endpoint endpoint) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(endpoint.ip()), endpoint.port());
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("an endpoint has 4 or 16 bytes", impossible);
        }
    }

    /**
     * Reads {@code host:port}, {@code [ipv6]:port} or a bare host, and resolves the host.
     *
     * @throws IllegalArgumentException naming the text if it is none of these, or the host is unknown
     */
    public static InetSocketAddress parse(String text, int defaultPort) {
        int colon = text.lastIndexOf(':');
        boolean bracketed = text.startsWith("[");
        int close = text.indexOf(']');
        boolean hasPort = bracketed ? colon == close + 1 && close > 0 : colon >= 0 && colon == text.indexOf(':');
        String host = hasPort ? text.substring(0, colon) : text;
        if (bracketed && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        if (host.isEmpty() || host.indexOf(' ') >= 0 || host.indexOf('[') >= 0 || host.indexOf(']') >= 0) {
            throw new IllegalArgumentException("not an address: \"" + text + "\"; write host:port or [ipv6]:port");
        }
        int port = hasPort ? parsePort(text, text.substring(colon + 1)) : defaultPort;
        return requireResolved(new InetSocketAddress(host, port));
    }

    /**
     * Returns the exception for an address that cannot be listened on: which address, why, and the remedy, as one line.
     *
     * @param cause what the system says; its text is the only sign of the reason
     */
    public static BindException cannotListen(InetSocketAddress address, IOException cause) {
        String reason = String.valueOf(cause.getMessage());
        String plain = reason.substring(0, 1).toLowerCase(Locale.ROOT) + reason.substring(1);
        String remedy = plain.contains("in use")
                ? "stop the other program or choose another port"
                : "choose an address of this machine and a port it may use";
        BindException failure = new BindException("cannot listen on " + of(address) + ": " + plain + "; " + remedy);
        failure.initCause(cause);
        return failure;
    }

    private static int parsePort(String text, String digits) {
        try {
            int port = Integer.parseInt(digits);
            if (port >= 0 && port <= 0xffff) {
                return port;
            }
        } catch (NumberFormatException notANumber) {
            // The message below names the whole text.
        }
        throw new IllegalArgumentException("not a port: \"" + digits + "\" in \"" + text + "\"; ports are 0 to 65535");
    }
}
