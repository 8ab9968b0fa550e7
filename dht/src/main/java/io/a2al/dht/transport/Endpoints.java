package io.a2al.dht.transport;

import io.a2al.protocol.message.Endpoint;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Converts between the JDK's addresses and the protocol's. Stateless and thread-safe. */
public final class Endpoints {

    private static final Pattern PORT_ONLY = Pattern.compile("\\d+");

    private static final Pattern IPV4 =
            Pattern.compile("(?:BYTE\\.){3}BYTE".replace("BYTE", "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)"));

    /** A host whose last part is a number, decimal or hexadecimal: no name ends like that. */
    private static final Pattern LIKE_IPV4 = Pattern.compile("(?:^|\\.)(?:\\d+|0[xX][0-9a-fA-F]*)\\.?$");

    /** A host name of any script. */
    private static final Pattern NAME =
            Pattern.compile("(?=.{1,253}$)(?:[\\p{L}\\p{N}\\p{M}_-]{1,63}\\.)*[\\p{L}\\p{N}\\p{M}_-]{1,63}\\.?");

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
            throw new IllegalArgumentException(unresolved(address));
        }
        return address;
    }

    private static String unresolved(InetSocketAddress address) {
        return "cannot resolve host \"" + address.getHostString() + "\"; check the name or give an IP address";
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
     * Reads {@code host:port}, {@code [ipv6]:port} or a bare host. Resolves no names: the result is unresolved if the
     * host is a name, and {@link #resolve} returns its addresses.
     *
     * @throws IllegalArgumentException naming the text and the remedy if it is none of these
     */
    public static InetSocketAddress parse(String text, int defaultPort) {
        int colon = text.lastIndexOf(':');
        boolean bracketed = text.startsWith("[");
        int close = text.indexOf(']');
        boolean hasPort = bracketed ? colon == close + 1 && close > 0 : colon >= 0 && colon == text.indexOf(':');
        String host = hasPort ? text.substring(0, colon) : text;
        if (!hasPort && PORT_ONLY.matcher(host).matches()) {
            throw new IllegalArgumentException(
                    "no host in \"" + text + "\", which is a port; write host:port, for example 127.0.0.1:" + text);
        }
        Optional<InetAddress> literal = Optional.empty();
        if (bracketed && host.endsWith("]")) {
            literal = Optional.of(parseIpv6(text, host.substring(1, host.length() - 1)));
        } else if (host.indexOf(':') >= 0) {
            literal = Optional.of(parseIpv6(text, host));
        } else if (LIKE_IPV4.matcher(host).find()) {
            literal = Optional.of(parseIpv4(text, host));
        } else if (!NAME.matcher(host).matches()) {
            throw noAddress(text);
        }
        int port = hasPort ? parsePort(text, text.substring(colon + 1)) : defaultPort;
        return literal.map(ip -> new InetSocketAddress(ip, port))
                .orElseGet(() -> InetSocketAddress.createUnresolved(host, port));
    }

    private static InetAddress parseIpv6(String text, String host) {
        try {
            if (host.indexOf(':') >= 0) {
                return InetAddress.ofLiteral(host);
            }
        } catch (IllegalArgumentException notAnAddress) {
            // The message below names the whole text.
        }
        throw noAddress(text);
    }

    /** The JDK and the system would take 1.2 or 4121 for an address too, by rules that few know. */
    private static InetAddress parseIpv4(String text, String host) {
        if (!IPV4.matcher(host).matches()) {
            throw new IllegalArgumentException(
                    "not an IP address: \"" + host + "\" in \"" + text + "\"; write four numbers from 0 to 255");
        }
        return InetAddress.ofLiteral(host);
    }

    private static IllegalArgumentException noAddress(String text) {
        return new IllegalArgumentException("not an address: \"" + text + "\"; write host:port or [ipv6]:port");
    }

    /**
     * Returns all addresses at which the host of {@code address} can be, with its port. A name is resolved again, even
     * if it was resolved before, as the host may have moved.
     *
     * @throws UnknownHostException if the host is a name that was never resolved and cannot be resolved at present; the
     *     message names it and the remedy
     */
    public static List<InetSocketAddress> resolve(InetSocketAddress address, HostResolver resolver)
            throws UnknownHostException {
        if (!isNamed(address)) {
            return List.of(address);
        }
        List<InetAddress> found = List.of();
        try {
            found = resolver.addressesOf(address.getHostString());
        } catch (UnknownHostException unknown) {
            // Reported below, unless an address is known.
        }
        if (found.isEmpty() && address.isUnresolved()) {
            throw new UnknownHostException(unresolved(address));
        }
        return found.isEmpty()
                ? List.of(address)
                : found.stream()
                        .map(ip -> new InetSocketAddress(ip, address.getPort()))
                        .distinct()
                        .toList();
    }

    /** Returns whether the host of an address was given by a name, which may have several IP addresses. */
    public static boolean isNamed(InetSocketAddress address) {
        String host = address.getHostString();
        return address.isUnresolved()
                || (host.indexOf(':') < 0 && !IPV4.matcher(host).matches());
    }

    /**
     * Returns an address to which datagrams can be sent.
     *
     * @throws IllegalArgumentException if no node can be there: the port is 0, or the IP address stands for several
     *     hosts or none; the message names the address and the remedy
     */
    public static InetSocketAddress requireDialable(InetSocketAddress address) {
        String remedy = "";
        if (address.getPort() == 0) {
            remedy = "port 0 stands for any; give the port that the node listens on";
        } else if (!address.isUnresolved() && !of(address).isDialable()) {
            remedy = "give the IP address of one host, on this machine for example 127.0.0.1";
        }
        if (!remedy.isEmpty()) {
            throw new IllegalArgumentException("no node can be at " + text(address) + "; " + remedy);
        }
        return address;
    }

    /**
     * Returns whether a datagram to {@code address} from this machine comes to the socket that listens at {@code
     * local}: the ports are the same, and so are the IP addresses, or the socket listens on all of this machine's.
     */
    public static boolean isOwn(Endpoint local, Endpoint address) {
        return local.port() == address.port()
                && (local.hasSameIp(address)
                        || (local.scope() == Endpoint.Scope.UNSPECIFIED && isOfThisMachine(address)));
    }

    private static boolean isOfThisMachine(Endpoint address) {
        try {
            return address.scope() == Endpoint.Scope.LOOPBACK
                    || NetworkInterface.getByInetAddress(
                                    toSocketAddress(address).getAddress())
                            != null;
        } catch (SocketException unknown) {
            return false;
        }
    }

    /**
     * Returns {@code host:port}, {@code 203.0.113.7:4121} or {@code [2001:db8::1]:4121}, as {@link #parse} reads it.
     */
    public static String text(InetSocketAddress address) {
        return isNamed(address) ? address.getHostString() + ":" + address.getPort() : text(of(address));
    }

    /** Returns {@code 203.0.113.7:4121} or {@code [2001:db8::1]:4121}, as {@link #parse} reads it. */
    public static String text(Endpoint endpoint) {
        String ip = IpText.of(endpoint.ip());
        return (endpoint.isIpv4() ? ip : "[" + ip + "]") + ":" + endpoint.port();
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
        BindException failure = new BindException("cannot listen on " + text(address) + ": " + plain + "; " + remedy);
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
