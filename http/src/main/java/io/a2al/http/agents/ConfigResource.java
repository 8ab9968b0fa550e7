package io.a2al.http.agents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.dht.DhtNode;
import io.a2al.dht.transport.Endpoints;
import io.a2al.http.program.LogLevel;
import io.a2al.http.registry.AgentRegistry;
import io.a2al.http.registry.RegistryException;
import io.a2al.http.route.ApiException;
import io.a2al.http.route.ApiRequest;
import io.a2al.http.route.ApiResult;
import io.a2al.http.route.ErrorCode;
import io.a2al.http.route.Json;
import io.a2al.http.route.JsonFields;
import io.a2al.http.route.Router;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How the node is set, in the keys of the network's other daemons. What can be changed while it runs is changed here.
 * Nothing is written into the configuration of the program, which is the operator's, so that who may ask the node
 * cannot take it over at its next start. Thread-safe.
 */
final class ConfigResource {

    private static final String AUTO_PUBLISH = "auto_publish";
    private static final String BOOTSTRAP = "bootstrap";
    private static final String LOG_LEVEL = "log_level";
    private static final String RESTART_REQUIRED = "restart_required";

    /** What can be changed while the node runs. */
    private static final Set<String> CHANGEABLE = Set.of(AUTO_PUBLISH, BOOTSTRAP, LOG_LEVEL);

    private static final Set<String> SECRETS = Set.of("api_token", "key_dir");

    /** What is set when the node is started, and how. */
    private static final Map<String, String> AT_START =
            Map.of("listen_addr", "--listen", "api_addr", "--api", "require_local_token", "--api-token-always");

    /** Nodes to join through that one request may name. */
    private static final int MAX_SEEDS = 64;

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
        json.putArray(BOOTSTRAP);
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
                .put(LOG_LEVEL, logLevel())
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
            property.put("readOnly", !CHANGEABLE.contains(member.getKey()));
        });
    }

    /** Changes all that is given, or nothing. */
    private ApiResult change(ApiRequest request) throws ApiException, InterruptedException {
        JsonFields fields = request.anyFields();
        requireChangeable(fields, config());
        Optional<String> level = fields.text(LOG_LEVEL);
        if (level.isPresent() && !level.get().equals(logLevel())) {
            requireLevel(level.get());
        }
        List<InetSocketAddress> seeds = seeds(fields.texts(BOOTSTRAP));
        boolean isAutoPublish = fields.flag(AUTO_PUBLISH);
        begin(seeds);
        if (fields.names().contains(AUTO_PUBLISH)) {
            setAutoPublish(isAutoPublish);
        }
        level.ifPresent(name -> info.log().ifPresent(log -> log.set(name)));
        ObjectNode json = Json.object().put("ok", true);
        json.putArray(RESTART_REQUIRED);
        return ApiResult.json(json);
    }

    private static void requireChangeable(JsonFields fields, ObjectNode present) throws ApiException {
        List<String> others = fields.names().stream()
                .filter(name -> present.has(name) && !CHANGEABLE.contains(name))
                .filter(name -> !fields.isEqual(name, present.get(name)))
                .toList();
        Optional<String> secret = others.stream().filter(SECRETS::contains).findFirst();
        if (secret.isPresent()) {
            throw ApiException.of(
                    ErrorCode.FORBIDDEN,
                    secret.get() + ": is not changed over HTTP; change the file, and start the node again");
        }
        if (!others.isEmpty()) {
            List<String> atStart = others.stream().filter(AT_START::containsKey).toList();
            throw ApiException.of(
                    ErrorCode.INVALID,
                    others.stream().map(ConfigResource::remedy).collect(Collectors.joining("; "))
                            + "; nothing was changed",
                    Json.object().set(RESTART_REQUIRED, Json.texts(atStart)));
        }
    }

    private static String remedy(String name) {
        return AT_START.containsKey(name)
                ? name + ": is set when the node is started, with " + AT_START.get(name)
                : name + ": this node has it in one form only";
    }

    private String logLevel() {
        return info.log().map(LogLevel::get).orElse("info");
    }

    private void requireLevel(String level) throws ApiException {
        if (info.log().isEmpty() || !LogLevel.ALL.contains(level)) {
            throw ApiException.invalid(LOG_LEVEL + ": \"" + level + "\"; "
                    + (info.log().isEmpty()
                            ? "the log of this program is not set here"
                            : "choose one of " + String.join(", ", LogLevel.ALL)));
        }
    }

    private static List<InetSocketAddress> seeds(List<String> texts) throws ApiException {
        if (texts.size() > MAX_SEEDS) {
            throw ApiException.invalid(BOOTSTRAP + ": " + texts.size() + " nodes; give " + MAX_SEEDS + " at most");
        }
        List<InetSocketAddress> seeds = new ArrayList<>();
        for (String text : texts) {
            try {
                seeds.add(Endpoints.parse(text, DhtNode.DEFAULT_PORT));
            } catch (IllegalArgumentException e) {
                throw ApiException.invalid(BOOTSTRAP + ": " + e.getMessage());
            }
        }
        return seeds;
    }

    /** Joins through these as well, now; the node remembers those that answer, also for its next start. */
    private void begin(List<InetSocketAddress> seeds) throws ApiException {
        if (!seeds.isEmpty()) {
            try {
                var _ = node.bootstrapAsync(seeds);
            } catch (IllegalArgumentException e) {
                throw ApiException.invalid(BOOTSTRAP + ": " + e.getMessage());
            }
        }
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
