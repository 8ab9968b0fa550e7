package io.a2al.http.node;

import io.a2al.dht.DhtNode;
import io.a2al.http.route.ApiRequest;
import io.a2al.http.route.ApiResult;
import io.a2al.http.route.Router;
import io.a2al.metrics.MetricsPage;
import org.jspecify.annotations.Nullable;

/** The node's numbers for Prometheus. What they need is loaded when they are asked for. Thread-safe. */
public final class MetricsResource implements AutoCloseable {

    private final DhtNode node;
    private final String version;
    private @Nullable MetricsPage page;

    /** The numbers of {@code node}, of a program with this version. */
    public MetricsResource(DhtNode node, String version) {
        this.node = node;
        this.version = version;
    }

    /** Adds the path. */
    public void addTo(Router.Builder routes) {
        routes.get("/metrics", this::metrics);
    }

    private ApiResult metrics(ApiRequest request) {
        MetricsPage.Text text = page().read(request.accept());
        return ApiResult.text(text.contentType(), text.body());
    }

    private synchronized MetricsPage page() {
        MetricsPage present = page;
        if (present == null) {
            present = new MetricsPage(node, version);
            page = present;
        }
        return present;
    }

    @Override
    public synchronized void close() {
        if (page != null) {
            page.close();
            page = null;
        }
    }
}
