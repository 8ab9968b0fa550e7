package io.a2al.http.access;

import io.a2al.dht.debug.HostRule;
import io.a2al.dht.debug.SiteRule;
import io.a2al.http.explorer.ExplorerPages;
import io.a2al.http.route.LegacyPaths;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Lets requests through that this machine's programs may make, and others that have the token. A request for another
 * host, or from a page of another site, is answered with 403 (400 for another host on {@link LegacyPaths}), one that
 * needs the token and has none with 401, in this order. {@code /v1/livez} needs no token, as supervisors ask for it and
 * it tells nothing; nor do the files of the explorer, which then asks its user for the token. Thread-safe.
 */
public final class AccessHandler extends Handler.Wrapper {

    /** The one path that never needs the token. */
    public static final String OPEN_PATH = "/v1/livez";

    private static final Set<String> READING_METHODS = Set.of("GET", "HEAD", "OPTIONS");

    /** Paths that ask by POST and change nothing. */
    private static final Set<String> READING_POSTS = Set.of("/v1/inspect", "/v1/lookups", "/v1/ping", "/v1/verify");

    /** What a proxy adds when it passes a request on. */
    private static final List<String> PROXY_FIELDS =
            List.of("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP");

    private final HostRule hosts;
    private final AccessToken token;
    private final boolean tokenAlways;

    /**
     * Guards {@code guarded}.
     *
     * @param tokenAlways true if requests from this machine need the token, too
     */
    public AccessHandler(HostRule hosts, AccessToken token, boolean tokenAlways, Handler guarded) {
        super(guarded);
        this.hosts = hosts;
        this.token = token;
        this.tokenAlways = tokenAlways;
    }

    /**
     * Returns true if a request comes from a loopback address and no proxy says that it only passes it on: behind one,
     * every request of the world comes from a loopback address.
     */
    public static boolean isLocal(Request request) {
        return isLocal(request.getConnectionMetaData().getRemoteSocketAddress(), request.getHeaders());
    }

    static boolean isLocal(SocketAddress from, HttpFields fields) {
        return from instanceof InetSocketAddress peer
                && peer.getAddress() != null
                && peer.getAddress().isLoopbackAddress()
                && PROXY_FIELDS.stream().noneMatch(fields::contains);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        HttpFields fields = request.getHeaders();
        List<String> named = values(fields, "Host");
        if (!hosts.accepts(named, localAddress(request))) {
            int status = LegacyPaths.includes(path(request)) ? HttpStatus.BAD_REQUEST_400 : HttpStatus.FORBIDDEN_403;
            return refuse(request, response, callback, status, "host not allowed; use localhost");
        }
        if (!SiteRule.accepts(values(fields, "Sec-Fetch-Site"), values(fields, "Origin"), named)) {
            return refuse(request, response, callback, HttpStatus.FORBIDDEN_403, "request from a page of another site");
        }
        if (needsToken(request) && !token.isIn(values(fields, "Authorization"))) {
            response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer");
            return refuse(
                    request,
                    response,
                    callback,
                    HttpStatus.UNAUTHORIZED_401,
                    "no valid token; send Authorization: Bearer <content of the token file>");
        }
        return super.handle(request, response, callback);
    }

    private boolean needsToken(Request request) {
        return (tokenAlways || !isLocal(request) || isActionOfPage(request))
                && !path(request).equals(OPEN_PATH)
                && !ExplorerPages.isOpen(path(request));
    }

    /**
     * Returns true if a page in a browser wants to change something. Our own page may read without the token; whatever
     * finds a way to run in it can do no more.
     */
    private static boolean isActionOfPage(Request request) {
        HttpFields fields = request.getHeaders();
        return (fields.contains("Sec-Fetch-Site") || fields.contains(HttpHeader.ORIGIN))
                && !READING_METHODS.contains(request.getMethod())
                && !READING_POSTS.contains(path(request));
    }

    private static String path(Request request) {
        return Request.getPathInContext(request);
    }

    private static List<String> values(HttpFields fields, String name) {
        return fields.getValuesList(name);
    }

    private static InetAddress localAddress(Request request) {
        return Optional.of(request.getConnectionMetaData().getLocalSocketAddress())
                .filter(InetSocketAddress.class::isInstance)
                .map(InetSocketAddress.class::cast)
                .map(InetSocketAddress::getAddress)
                .orElse(InetAddress.getLoopbackAddress());
    }

    private static boolean refuse(Request request, Response response, Callback callback, int status, String reason) {
        Response.writeError(request, response, callback, status, reason);
        return true;
    }
}
