package io.a2al.dht.debug;

import com.sun.net.httpserver.HttpExchange;
import io.a2al.dht.transport.IpText;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Refuses requests for another host (known-defects D-45). A web page in a browser on this machine can make its own DNS
 * name resolve to a loopback address, and could then read what is served there; but it cannot make the browser send
 * another {@code Host} than the page's own. Compares texts and never asks the DNS. Thread-safe.
 */
final class HostCheck {

    private static final Pattern WITH_PORT = Pattern.compile("(\\[[^\\]]*\\]|[^:]*)(:[0-9]*)?");
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|\\[::1\\]|127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}");

    private final String boundHost;

    /** Checks for a server that listens on {@code boundHost}: a name, or an address without brackets. */
    HostCheck(String boundHost) {
        this.boundHost = bracketed(boundHost.toLowerCase(Locale.ROOT));
    }

    private static String bracketed(String host) {
        return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    }

    /** Returns true if the request names this machine, the address it came to, or no host, as HTTP/1.0 allows. */
    boolean accepts(HttpExchange exchange) {
        List<String> hosts = exchange.getRequestHeaders().getOrDefault("Host", List.of());
        String cameTo = literal(exchange.getLocalAddress().getAddress());
        return hosts.stream().allMatch(host -> accepts(host, cameTo));
    }

    private boolean accepts(String header, String cameTo) {
        var parts = WITH_PORT.matcher(header.trim().toLowerCase(Locale.ROOT));
        if (!parts.matches()) {
            return false;
        }
        String host = parts.group(1);
        return LOOPBACK.matcher(host).matches() || host.equals(boundHost) || host.equals(cameTo);
    }

    private static String literal(InetAddress address) {
        return bracketed(IpText.of(address.getAddress()));
    }
}
