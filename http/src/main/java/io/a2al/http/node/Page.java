package io.a2al.http.node;

import io.a2al.http.route.ApiException;
import io.a2al.http.route.ApiRequest;

/** What lists have in common that are read in pages. Stateless. */
final class Page {

    private static final int USUAL = 100;
    private static final int MOST = 1000;

    private Page() {}

    /** Returns how many rows a request asks for. */
    static int limit(ApiRequest request) throws ApiException {
        return request.queryInteger("limit", 1, MOST).orElse(USUAL);
    }
}
