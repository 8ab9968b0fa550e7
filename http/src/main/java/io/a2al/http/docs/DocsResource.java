package io.a2al.http.docs;

import io.a2al.http.route.ApiResult;
import io.a2al.http.route.Router;
import java.util.Map;

/** Describes the interface. What it needs is loaded when it is asked for. Immutable and thread-safe. */
public final class DocsResource {

    private final String version;

    /** Describes the interface of a program with this version. */
    public DocsResource(String version) {
        this.version = version;
    }

    /** Adds the paths. */
    public void addTo(Router.Builder routes) {
        routes.get("/v1/openapi.json", _ -> ApiResult.json(OpenApi.document(version)))
                .get("/v1/", _ -> page());
    }

    private ApiResult page() {
        return ApiResult.text("text/html; charset=utf-8", DocsPage.of(OpenApi.document(version)))
                .withHeaders(Map.of(
                        "Content-Security-Policy",
                        DocsPage.contentSecurityPolicy(),
                        "X-Content-Type-Options",
                        "nosniff"));
    }
}
