package io.a2al.http.access;

import io.a2al.dht.debug.HostRule;
import io.a2al.dht.debug.SiteRule;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Lets requests through that this machine's programs may make. A request for another host, or from a page of another
 * site, is answered with 403, one without the token with 401, in this order. {@code /v1/livez} needs no token, as
 * supervisors ask for it and it tells nothing. Thread-safe.
 */
public final class AccessHandler extends Handler.Wrapper {

    /** The one path without token. */
    public static final String OPEN_PATH = "/v1/livez";

    private final HostRule hosts;
    private final AccessToken token;

    /** Guards {@code guarded}. */
    public AccessHandler(HostRule hosts, AccessToken token, Handler guarded) {
        super(guarded);
        this.hosts = hosts;
        this.token = token;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        HttpFields fields = request.getHeaders();
        List<String> named = values(fields, "Host");
        if (!hosts.accepts(named, localAddress(request))) {
            return refuse(request, response, callback, HttpStatus.FORBIDDEN_403, "host not allowed; use localhost");
        }
        if (!SiteRule.accepts(values(fields, "Sec-Fetch-Site"), values(fields, "Origin"), named)) {
            return refuse(request, response, callback, HttpStatus.FORBIDDEN_403, "request from a page of another site");
        }
        if (!isOpen(request) && !token.isIn(values(fields, "Authorization"))) {
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

    private static boolean isOpen(Request request) {
        return Request.getPathInContext(request).equals(OPEN_PATH);
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
