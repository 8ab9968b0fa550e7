package io.a2al.dht.debug;

import io.a2al.dht.transport.Endpoints;
import io.a2al.dht.transport.IpText;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Refuses HTTP requests for another host (known-defects D-45). A web page in a browser on this machine can make its own
 * DNS name resolve to a loopback address, and could then read what is served there; but it cannot make the browser send
 * another {@code Host} than the page's own. Compares texts and never asks the DNS. Thread-safe.
 */
public final class HostRule {

    private static final Pattern WITH_PORT = Pattern.compile("(\\[[^\\]]*\\]|[^:]*)(:[0-9]*)?");
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|\\[::1\\]|127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}");

    private final String boundHost;

    /** A rule for a server that listens on {@code boundHost}: a name, or an address without brackets. */
    public HostRule(String boundHost) {
        this.boundHost = bracketed(boundHost.toLowerCase(Locale.ROOT));
    }

    /** A rule for a server that listens at an address. */
    public static HostRule of(InetSocketAddress listen) {
        return new HostRule(
                Endpoints.isNamed(listen)
                        ? listen.getHostString()
                        : IpText.of(listen.getAddress().getAddress()));
    }

    private static String bracketed(String host) {
        return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    }

    /**
     * Returns true if a request names this machine, the address that it came to, or no host, as HTTP/1.0 allows.
     *
     * @param hosts all values of its field {@code Host}
     */
    public boolean accepts(List<String> hosts, InetAddress cameTo) {
        String address = bracketed(IpText.of(cameTo.getAddress()));
        return hosts.stream().allMatch(host -> accepts(host, address));
    }

    private boolean accepts(String header, String cameTo) {
        var parts = WITH_PORT.matcher(header.trim().toLowerCase(Locale.ROOT));
        if (!parts.matches()) {
            return false;
        }
        String host = parts.group(1);
        return LOOPBACK.matcher(host).matches() || host.equals(boundHost) || host.equals(cameTo);
    }
}
