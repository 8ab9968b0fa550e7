package io.a2al.http;

import io.a2al.http.server.HttpLimits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Objects;

/**
 * How the HTTP interface is served.
 *
 * @param listen where; port 0 stands for any free port
 * @param tokenFile the file with the token that requests carry; made, readable by its owner only, if it does not exist
 * @param limits what connections and requests may cost
 */
public record HttpSettings(InetSocketAddress listen, Path tokenFile, HttpLimits limits) {

    /** Default port of the network's daemons. */
    public static final int DEFAULT_PORT = 2121;

    /** Refuses null. */
    public HttpSettings {
        Objects.requireNonNull(listen, "listen");
        Objects.requireNonNull(tokenFile, "tokenFile");
        Objects.requireNonNull(limits, "limits");
    }

    /** Returns 127.0.0.1, the default port and the default limits. */
    public static HttpSettings withToken(Path tokenFile) {
        return new HttpSettings(
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), DEFAULT_PORT), tokenFile, HttpLimits.DEFAULT);
    }

    /** Returns these settings with another address. */
    public HttpSettings withListen(InetSocketAddress other) {
        return new HttpSettings(other, tokenFile, limits);
    }

    /** Returns these settings with other limits. */
    public HttpSettings withLimits(HttpLimits other) {
        return new HttpSettings(listen, tokenFile, other);
    }
}
