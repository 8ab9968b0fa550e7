package io.a2al.dht.transport;

import io.a2al.protocol.message.Endpoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;

/** Turns the JDK's addresses into the protocol's and back. Stateless and thread-safe. */
public final class Endpoints {

    private Endpoints() {}

    /**
     * The endpoint of a socket address.
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
     * What a peer at this address is told about it: {@link Endpoint#NOT_UDP} unless it has an IP address and a port.
     */
    public static Endpoint observed(SocketAddress address) {
        return address instanceof InetSocketAddress internet && !internet.isUnresolved()
                ? of(internet)
                : Endpoint.NOT_UDP;
    }

    /** The socket address of an endpoint. */
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

    private static int parsePort(String text, String digits) {
        try {
            int port = Integer.parseInt(digits);
            if (port >= 0 && port <= 0xffff) {
                return port;
            }
        } catch (NumberFormatException notANumber) {
            // Falls through to the message that names the whole text.
        }
        throw new IllegalArgumentException("not a port: \"" + digits + "\" in \"" + text + "\"; ports are 0 to 65535");
    }
}
