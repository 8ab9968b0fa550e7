package io.a2al.http.agents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.dht.DhtNode;
import io.a2al.dht.transport.Endpoints;
import io.a2al.http.registry.AgentRegistry;
import io.a2al.http.registry.RegistryException;
import io.a2al.http.route.ApiException;
import io.a2al.http.route.ApiRequest;
import io.a2al.http.route.ApiResult;
import io.a2al.http.route.ErrorCode;
import io.a2al.http.route.Json;
import io.a2al.http.route.JsonFields;
import io.a2al.http.route.Router;
import java.util.Set;

/**
 * How the node is set, in the keys of the network's other daemons. Only {@code auto_publish} is changed here: the rest
 * is set where the program is started, so that who may ask the node cannot take it over. Thread-safe.
 */
final class ConfigResource {

    private static final String AUTO_PUBLISH = "auto_publish";
    private static final Set<String> SECRETS = Set.of("api_token", "key_dir");

    /** How many peers must agree on the node's address, as the customary setting has it. */
    static final int MIN_OBSERVED_PEERS = 3;

    private final DhtNode node;
    private final AgentRegistry registry;
    private final NodePublishing self;
    private final DaemonInfo info;

    ConfigResource(DhtNode node, AgentRegistry registry, NodePublishing self, DaemonInfo info) {
        this.node = node;
        this.registry = registry;
        this.self = self;
        this.info = info;
    }

    void addTo(Router.Builder routes) {
        routes.legacy("GET", "/config", _ -> ApiResult.json(config()))
                .legacy("GET", "/config/schema", _ -> ApiResult.json(schema()))
                .legacy("PATCH", "/config", this::change);
    }

    private ObjectNode config() {
        ObjectNode json = Json.object()
                .put("listen_addr", Endpoints.text(node.localEndpoint()))
                .put("quic_listen_addr", "");
        json.putArray("bootstrap");
        json.putArray("bootstrap_node_ids");
        json.put("min_observed_peers", MIN_OBSERVED_PEERS)
                .put("fallback_host", "")
                .put("disable_upnp", true)
                .put("api_addr", Endpoints.text(info.address()))
                .put("api_token", "***")
                .put("require_local_token", info.tokenAlways())
                .put("key_dir", "")
                .put(AUTO_PUBLISH, registry.isAutoPublish())
                .put("beacon_mode", false)
                .put("log_format", "text")
                .put("log_level", "info")
                .put("open_browser", false)
                .put("learned_path_first", false)
                .put("signal_listen_addr", "")
                .put("ice_signal_url", "");
        json.putArray("turn_servers");
        json.put("disable_relay", true);
        json.putObject("update").put("auto", false);
        return json;
    }

    private ObjectNode schema() {
        ObjectNode schema = Json.object()
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("type", "object");
        putProperties(schema.putObject("properties"), config());
        return schema;
    }

    private static void putProperties(ObjectNode properties, ObjectNode values) {
        values.properties().forEach(member -> {
            ObjectNode property = properties.putObject(member.getKey());
            JsonNode value = member.getValue();
            if (value instanceof ObjectNode nested) {
                property.put("type", "object");
                putProperties(property.putObject("properties"), nested);
            } else if (value.isArray()) {
                property.put("type", "array").putObject("items").put("type", "string");
            } else {
                property.put("type", value.isBoolean() ? "boolean" : value.isInt() ? "integer" : "string");
            }
            property.put("readOnly", !member.getKey().equals(AUTO_PUBLISH));
        });
    }

    private ApiResult change(ApiRequest request) throws ApiException, InterruptedException {
        JsonFields fields = request.anyFields();
        ObjectNode present = config();
        for (String name : fields.names()) {
            if (!name.equals(AUTO_PUBLISH) && present.has(name) && !fields.isEqual(name, present.get(name))) {
                throw refusal(name);
            }
        }
        if (fields.names().contains(AUTO_PUBLISH)) {
            setAutoPublish(fields.flag(AUTO_PUBLISH));
        }
        ObjectNode json = Json.object().put("ok", true);
        json.putArray("restart_required");
        return ApiResult.json(json);
    }

    private static ApiException refusal(String name) {
        return SECRETS.contains(name)
                ? ApiException.of(
                        ErrorCode.FORBIDDEN,
                        name + ": is not changed over HTTP; change the file, and start the node again")
                : ApiException.invalid(name + ": is set when the node is started; see 'a2al node --help'");
    }

    private void setAutoPublish(boolean on) throws ApiException, InterruptedException {
        boolean former = registry.isAutoPublish();
        try {
            registry.setAutoPublish(on);
        } catch (RegistryException e) {
            throw Requests.failure(e, ErrorCode.INTERNAL);
        }
        if (on && !former) {
            self.begin();
        } else if (!on && former) {
            self.end();
        }
    }
}
