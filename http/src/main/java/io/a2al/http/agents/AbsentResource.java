package io.a2al.http.agents;

import io.a2al.http.route.ApiException;
import io.a2al.http.route.ApiResult;
import io.a2al.http.route.ErrorCode;
import io.a2al.http.route.Json;
import io.a2al.http.route.Router;

/** What other daemons do and this node does not: streams between agents, and updates of itself. Stateless. */
final class AbsentResource {

    private AbsentResource() {}

    static void addTo(Router.Builder routes) {
        Router.Action noConnection = failing(ErrorCode.BAD_GATEWAY, "quic connect failed");
        Router.Action noTunnel = failing(ErrorCode.NOT_FOUND, "not found");
        Router.Action notHere = failing(ErrorCode.NOT_IMPLEMENTED, "not implemented by this node");
        routes.legacy("POST", "/connect/{aid}", noConnection)
                .legacy("POST", "/tunnel/{id}", noConnection)
                .legacy("GET", "/tunnel", _ -> {
                    var json = Json.object();
                    json.putArray("tunnels");
                    return ApiResult.json(json);
                })
                .legacy("GET", "/tunnel/{id}", noTunnel)
                .legacy("DELETE", "/tunnel/{id}", noTunnel)
                .legacy("GET", "/sessions/{port}", noTunnel)
                .legacy("GET", "/aid/{path*}", noConnection)
                .legacy("POST", "/aid/{path*}", noConnection)
                .legacy("POST", "/update/apply", notHere)
                .legacy("GET", "/demo/{path*}", notHere)
                .legacy("POST", "/demo/{path*}", notHere);
    }

    private static Router.Action failing(ErrorCode code, String message) {
        return _ -> {
            throw ApiException.of(code, message);
        };
    }
}
