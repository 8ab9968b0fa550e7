package io.a2al.http.mcp;

import io.a2al.http.route.ApiResult;
import io.a2al.http.route.Json;
import io.a2al.http.route.Router;
import java.time.Duration;

/** A program that serves one path on standard input and output, for the test of the transport. */
final class StdioProgram {

    private StdioProgram() {}

    public static void main(String[] args) throws InterruptedException {
        Router router = Router.builder()
                .get("/status", _ -> ApiResult.json(Json.object().put("seq", Long.MAX_VALUE)))
                .build();
        StdioServer.serve(router, () -> false, "1.2.3", System.in, System.out, Duration.ofSeconds(20));
    }
}
