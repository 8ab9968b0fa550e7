package io.a2al.http.node;

import io.a2al.dht.DhtNode;
import io.a2al.dht.debug.DebugPages;
import io.a2al.http.route.ApiException;
import io.a2al.http.route.ApiRequest;
import io.a2al.http.route.ApiResult;
import io.a2al.http.route.ErrorCode;
import io.a2al.http.route.Router;
import java.util.concurrent.Semaphore;

/** The debug pages (node.md section 16), as {@code io.a2al.dht.debug} serves them. Thread-safe. */
public final class DebugResource {

    private static final String JSON = "application/json";
    private static final String RETRY_AFTER = "1";

    private final DebugPages pages;
    private final Semaphore dumps = new Semaphore(1);

    /** The pages of {@code node}. */
    public DebugResource(DhtNode node) {
        this.pages = new DebugPages(node);
    }

    /** Adds the paths. */
    public void addTo(Router.Builder routes) {
        routes.get("/debug/{page}", this::page);
    }

    private ApiResult page(ApiRequest request) throws ApiException {
        DebugPages.Page page = pages.at(request.path())
                .orElseThrow(() -> ApiException.of(ErrorCode.NOT_FOUND, "no such page: " + request.path()));
        if (request.isHead() || !page.isDump()) {
            return ApiResult.streamed(JSON, page::writeTo);
        }
        if (!dumps.tryAcquire()) {
            throw ApiException.of(ErrorCode.UNAVAILABLE, "this page is being written for another request; repeat later")
                    .withHeader("Retry-After", RETRY_AFTER);
        }
        return ApiResult.streamed(JSON, out -> {
            try {
                page.writeTo(out);
            } finally {
                dumps.release();
            }
        });
    }
}
