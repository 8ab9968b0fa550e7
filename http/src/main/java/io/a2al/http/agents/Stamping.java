package io.a2al.http.agents;

import io.a2al.http.registry.AgentRegistry;
import io.a2al.http.route.ApiRequest;
import io.a2al.http.route.Router;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.InvalidAddressException;

/** Takes what an agent asks for as a sign that it lives, whatever comes of it. Stateless but for the registry. */
record Stamping(AgentRegistry registry) {

    /** Returns an action that is such a sign. */
    Router.Action around(Router.Action action) {
        return request -> {
            stamp(request);
            return action.answer(request);
        };
    }

    private void stamp(ApiRequest request) {
        try {
            var _ = registry.heartbeat(Address.parse(request.parameter("aid")));
        } catch (InvalidAddressException wrong) {
            // The action says so.
        }
    }
}
