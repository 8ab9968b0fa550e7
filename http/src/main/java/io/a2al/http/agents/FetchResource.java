package io.a2al.http.agents;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.http.registry.AgentRegistry;
import io.a2al.http.registry.RegisteredAgent;
import io.a2al.http.registry.ServiceTarget;
import io.a2al.http.route.ApiException;
import io.a2al.http.route.ApiRequest;
import io.a2al.http.route.ApiResult;
import io.a2al.http.route.ErrorCode;
import io.a2al.http.route.Json;
import io.a2al.http.route.JsonFields;
import io.a2al.http.route.Router;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Asks the program of an agent that this node keeps. Others are reached over QUIC, which this node does not have.
 * Thread-safe.
 */
final class FetchResource {

    /** Requests at a time; each may have a body of {@link #MAX_BODY} in memory, a few times over. */
    static final int MAX_FETCHES = 4;

    /** Bytes of a program's answer that are passed on, as other daemons do. */
    static final int MAX_BODY = 4 << 20;

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final String HTTPS = "https";

    private final AgentRegistry registry;
    private final InetSocketAddress ownAddress;
    private final ServiceClient client = new ServiceClient(LIMIT, MAX_BODY);

    /**
     * Asks the programs of the agents of {@code registry}.
     *
     * @param ownAddress where this interface is served, which is no agent's program
     */
    FetchResource(AgentRegistry registry, InetSocketAddress ownAddress) {
        this.registry = registry;
        this.ownAddress = ownAddress;
    }

    void addTo(Router.Builder routes) {
        routes.legacy("POST", "/fetch/{aid}", new LookupLimit(MAX_FETCHES).around(this::fetch));
    }

    /**
     * On this machine only: a remote holder of the token could otherwise register an agent with any port as its
     * program, and so reach whatever listens for this machine's programs alone.
     */
    private ApiResult fetch(ApiRequest request) throws ApiException, InterruptedException {
        var agent = registry.find(Requests.aid(request));
        if (!request.isLocal()) {
            throw ApiException.of(
                    ErrorCode.FORBIDDEN, "programs are asked for this machine only; ask from a loopback address");
        }
        if (agent.isEmpty() || agent.get().kept().target().isEmpty()) {
            throw failed("this node keeps no such agent with a service_tcp, and has no QUIC to reach others");
        }
        JsonFields fields = request.anyFields();
        String path = fields.text("path").orElse("/");
        if (!path.startsWith("/")) {
            throw ApiException.invalid("path: must begin with /");
        }
        ServiceClient.Question question = new ServiceClient.Question(
                fields.text("method").orElse("GET").toUpperCase(Locale.ROOT),
                path,
                fields.textLists("headers"),
                Requests.base64(fields, "body_base64"));
        try {
            return answer(client.ask(scheme(agent.get()), addresses(agent.get()), question));
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid("no HTTP request: " + e.getMessage());
        } catch (IOException e) {
            throw failed("the program of the agent does not answer: " + e.getMessage());
        }
    }

    private static ApiException failed(String why) {
        return ApiException.of(ErrorCode.BAD_GATEWAY, "connect failed: " + why);
    }

    private static String scheme(RegisteredAgent agent) {
        return agent.kept().target().toLowerCase(Locale.ROOT).startsWith(HTTPS + ":") ? HTTPS : "http";
    }

    /** Returns where to ask, which was checked when it was given, and is again now. */
    private List<InetSocketAddress> addresses(RegisteredAgent agent) throws ApiException {
        List<InetSocketAddress> addresses;
        try {
            addresses = ServiceTarget.parse(agent.kept().target()).addresses();
        } catch (IllegalArgumentException noLongerHere) {
            throw failed(String.valueOf(noLongerHere.getMessage()));
        }
        if (addresses.getFirst().getPort() == ownAddress.getPort()) {
            throw failed("its service_tcp is the port of this interface; give that of the agent's program");
        }
        return addresses;
    }

    private static ApiResult answer(ServiceClient.Answer answer) {
        ObjectNode json = Json.object().put("status", answer.status());
        ObjectNode headers = json.putObject("headers");
        for (Map.Entry<String, List<String>> header : answer.headers().entrySet()) {
            headers.set(header.getKey(), Json.texts(header.getValue()));
        }
        json.put("body", Base64.getEncoder().encodeToString(answer.body().toArray()));
        if (answer.isCut()) {
            json.put("truncated", true);
        }
        return ApiResult.json(json);
    }
}
