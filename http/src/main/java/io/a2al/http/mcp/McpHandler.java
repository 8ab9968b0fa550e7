package io.a2al.http.mcp;

import io.a2al.http.limits.HttpLimits;
import io.a2al.http.route.Router;
import io.a2al.http.server.BodyReader;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Serves the Model Context Protocol at {@code /mcp} and {@code /mcp/}, and leaves all other paths to the next handler.
 * The SDK is loaded at the first request. Thread-safe.
 */
public final class McpHandler extends Handler.Wrapper {

    private final McpSettings settings;
    private final LongSupplier nanos;
    private final HttpLimits limits;
    private final Object lock = new Object();
    private @Nullable StreamableHttp served;
    private boolean closed;

    /**
     * A handler of a server with these limits.
     *
     * @param nanos a monotonic clock, in nanoseconds
     * @param next for all other paths
     */
    public McpHandler(McpSettings settings, HttpLimits limits, LongSupplier nanos, Handler next) {
        super(next);
        this.settings = settings;
        this.limits = limits;
        this.nanos = nanos;
    }

    /**
     * What the protocol serves.
     *
     * @param router answers the calls of tools, as it does over HTTP
     * @param ready whether the node knows enough of the network for its answers to be complete
     * @param version the version of the program
     * @param limits what sessions may cost
     */
    public record McpSettings(Router router, BooleanSupplier ready, String version, McpLimits limits) {

        McpTools tools() {
            return new McpTools(router, ready, version);
        }
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String path = Request.getPathInContext(request);
        if (!path.equals("/mcp") && !path.equals("/mcp/")) {
            return super.handle(request, response, callback);
        }
        served().answer(request, response, callback);
        return true;
    }

    private StreamableHttp served() {
        synchronized (lock) {
            if (served == null) {
                served = new StreamableHttp(settings.tools(), settings.limits(), new BodyReader(limits), nanos);
                if (closed) {
                    served.close();
                }
            }
            return served;
        }
    }

    /** Ends all sessions and their streams. Further requests find none. */
    public void endSessions() {
        synchronized (lock) {
            closed = true;
            if (served != null) {
                served.close();
            }
        }
    }
}
