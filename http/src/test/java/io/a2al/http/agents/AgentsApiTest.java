package io.a2al.http.agents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.a2al.dht.DhtNode;
import io.a2al.dht.transport.Endpoints;
import io.a2al.dht.transport.MemoryNetwork;
import io.a2al.http.Description;
import io.a2al.http.program.LogLevel;
import io.a2al.http.publish.OpenPublications;
import io.a2al.http.registry.AgentRegistry;
import io.a2al.http.registry.RegistrySettings;
import io.a2al.http.route.ApiRequest;
import io.a2al.http.route.ApiResult;
import io.a2al.http.route.Router;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.cbor.CborValue;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.crypto.WalletKey;
import io.a2al.protocol.delegation.DelegationProof;
import io.a2al.protocol.record.AgentProfilePayload;
import io.a2al.protocol.record.TopicPayload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the paths of other daemons do, asked through the router. */
@Timeout(60)
class AgentsApiTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Identity OPERATIONAL = identity(50);
    private static final Identity OWNER = identity(51);
    private static final String AID = OWNER.address().toString();

    private final Description description = new Description();
    private final List<DhtNode> nodes = new ArrayList<>();
    private final MemoryNetwork network = new MemoryNetwork();
    private final LogLevel log = new LogLevel() {
        private String level = "info";

        @Override
        public String get() {
            return level;
        }

        @Override
        public void set(String other) {
            level = other;
        }
    };
    private DhtNode node;
    private AgentRegistry registry;
    private Router router;

    private record Answer(int status, String type, JsonNode json) {}

    private static Identity identity(int number) {
        byte[] seed = new byte[Identity.SEED_LENGTH];
        seed[0] = (byte) number;
        return Identity.ofSeed(seed);
    }

    @BeforeEach
    void start() throws Exception {
        for (int i = 0; i < 2; i++) {
            node = DhtNode.builder()
                    .identity(identity(i))
                    .transport(network.newTransport())
                    .build()
                    .start();
            nodes.add(node);
            node.bootstrap(
                    i == 0
                            ? List.of()
                            : List.of(Endpoints.toSocketAddress(nodes.getFirst().localEndpoint())));
        }
        registry = AgentRegistry.open(node, Optional.empty(), RegistrySettings.DEFAULT);
        Router.Builder routes = Router.builder();
        AgentsApi.addTo(
                routes,
                node,
                registry,
                new OpenPublications(node),
                new DaemonInfo(
                        "1.2.3",
                        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 2121),
                        false,
                        Optional.of(log)));
        router = routes.build();
    }

    @AfterEach
    void stop() {
        registry.close();
        nodes.forEach(DhtNode::close);
    }

    private ApiResult result(String method, String path, String body, boolean isLocal) throws InterruptedException {
        String[] parts = path.split("\\?", 2);
        Map<String, List<String>> query = new LinkedHashMap<>();
        if (parts.length > 1) {
            String[] pair = parts[1].split("=", 2);
            query.put(pair[0], List.of(pair[1]));
        }
        return router.answer(new ApiRequest(
                method,
                parts[0],
                Map.of(),
                query,
                "",
                Optional.empty(),
                Bytes.copyOf(body.getBytes(StandardCharsets.UTF_8)),
                isLocal));
    }

    private static Answer written(ApiResult result) throws IOException {
        String text = switch (result.body()) {
            case ApiResult.Body.Whole whole -> whole.text();
            case ApiResult.Body.Streamed streamed -> {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                streamed.writing().writeTo(out);
                yield out.toString(StandardCharsets.UTF_8);
            }
        };
        assertThat(text).endsWith("\n");
        return new Answer(result.status(), result.contentType(), JSON.readTree(text));
    }

    private Answer ask(String method, String path, String body) throws Exception {
        Answer answer = written(result(method, path, body, true));
        assertThat(description.problems(
                        method,
                        path.split("\\?", 2)[0],
                        answer.status(),
                        answer.json().toString()))
                .isEmpty();
        return answer;
    }

    private JsonNode ok(String method, String path, String body) throws Exception {
        Answer answer = ask(method, path, body);
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
        assertThat(answer.type()).isEqualTo("application/json");
        return answer.json();
    }

    private static String key(Identity identity) {
        return Bytes.copyOf(identity.exportSeed()).concat(identity.publicKey()).toHex();
    }

    private static String registration(Identity operational, Identity owner, long expires) {
        DelegationProof proof = DelegationProof.sign(owner.newSigner(), operational.publicKey(), 1, expires);
        return "{\"operational_private_key_hex\":\"" + key(operational) + "\",\"delegation_proof_hex\":\""
                + proof.encode().toHex() + "\",\"service_tcp\":null}";
    }

    private void register() throws Exception {
        JsonNode json = ok("POST", "/agents", registration(OPERATIONAL, OWNER, 0));
        assertThat(json.toString()).isEqualTo("{\"aid\":\"" + AID + "\",\"status\":\"registered\"}");
    }

    // ---- the paths --------------------------------------------------------------------------------------------

    @Test
    void anAgentIsRegisteredPublishedAndFound() throws Exception {
        register();
        JsonNode before = ok("GET", "/agents/" + AID, "");
        assertThat(before.get("published_to_dht").booleanValue()).isFalse();
        assertThat(before.get("services").isNull()).isTrue();
        assertThat(before.get("heartbeat_seconds_ago").isNull()).isTrue();

        JsonNode published = ok("POST", "/agents/" + AID + "/publish", "not read");
        JsonNode after = ok("GET", "/agents", "").get("agents").get(0);
        assertThat(after.get("seq")).isEqualTo(published.get("seq"));
        assertThat(after.get("published_to_dht").booleanValue()).isTrue();
        assertThat(after.get("heartbeat_seconds_ago").isNumber()).isTrue();
        assertThat(after.get("last_publish_at").textValue()).endsWith("Z");
        assertThat(after.get("dht_local_replicas").intValue()).isEqualTo(1);

        JsonNode resolved = ok("POST", "/resolve/" + AID, "");
        assertThat(resolved.get("address").textValue()).isEqualTo(AID);
        assertThat(resolved.get("endpoints")).isEmpty();
        assertThat(resolved.get("seq")).isEqualTo(published.get("seq"));
        assertThat(ok("GET", "/agents/" + AID + "/probe", "").get("published_record_seq"))
                .isEqualTo(published.get("seq"));
        assertThat(ok("DELETE", "/agents/" + AID, "").toString()).isEqualTo("{\"ok\":true}");
        assertThat(ok("DELETE", "/agents/" + AID, "").toString()).isEqualTo("{\"ok\":true}");
        assertThat(ask("GET", "/agents/" + AID, "").status()).isEqualTo(404);
    }

    @Test
    void servicesAreFoundByAllThatIsAskedFor() throws Exception {
        register();
        String offer = "{\"Services\":[\"a/b\",\"c\"],\"name\":\"Babel\",\"protocols\":[\"mcp\"],\"tags\":null,"
                + "\"meta\":{\"n\":{\"deep\":[1,2.5,true,null,\"x\"]}},\"ttl\":60,\"unknown\":1}";
        assertThat(ok("POST", "/agents/" + AID + "/services", offer).toString()).isEqualTo("{\"ok\":true}");
        JsonNode entry = ok("POST", "/discover", "{\"services\":[\"a/b\",\"c\"],\"filter\":{\"protocols\":[\"mcp\"]}}")
                .get("entries")
                .get(0);
        assertThat(entry.get("aid").textValue()).isEqualTo(AID);
        assertThat(entry.get("service").textValue()).isEqualTo("a/b");
        assertThat(entry.get("meta").toString()).isEqualTo("{\"n\":{\"deep\":[1,2.5,true,null,\"x\"]}}");
        assertThat(ok("POST", "/discover", "{\"services\":[\"a/b\",\"d\"]}").get("entries"))
                .isEmpty();
        assertThat(ok("GET", "/agents/" + AID, "").get("services")).hasSize(2);

        JsonNode records = ok("GET", "/resolve/" + AID + "/records?type=2", "").get("records");
        assertThat(records.get(0).get("profile").toString())
                .isEqualTo("{\"version\":1,\"protocols\":[\"mcp\"],\"skills\":[\"a/b\",\"c\"]}");
        ok("DELETE", "/agents/" + AID + "/services/a/b", "");
        ok("DELETE", "/agents/" + AID + "/services/never", "");
        JsonNode left = ok("GET", "/agents/" + AID, "").get("services");
        assertThat(left).hasSize(1);
        assertThat(left.get(0).toString())
                .isEqualTo("{\"topic\":\"c\",\"name\":\"Babel\",\"protocols\":[\"mcp\"],"
                        + "\"meta\":{\"n\":{\"deep\":[1,2.5,true,null,\"x\"]}},\"ttl\":60}");
    }

    @Test
    void aWalletsAgentIsRegisteredByItsSignature() throws Exception {
        WalletKey wallet = WalletKey.ofPrivateKey(identity(77).exportSeed());
        String agent = wallet.ethereumAddress().toString();
        String terms = "\"agent\":\"" + agent + "\",\"issued_at\":1,\"expires_at\":0,\"scope\":0,"
                + "\"operational_private_key_seed_hex\":\"0x"
                + Bytes.copyOf(OPERATIONAL.exportSeed()).toHex() + "\"";
        String message = ok("POST", "/agents/ethereum/delegation-message", "{" + terms + "}")
                .get("message")
                .textValue();
        var signed = wallet.sign(DelegationProof.walletDigest(wallet.ethereumAddress(), message));
        String signature = signed.r().concat(signed.s()).toHex() + (signed.recoveryId() == 0 ? "1b" : "1C");
        assertThat(ok(
                                "POST",
                                "/agents/ethereum/register",
                                "{" + terms + ",\"eth_signature_hex\":\"" + signature + "\"}")
                        .get("aid")
                        .textValue())
                .isEqualTo(agent);
        assertThat(ask(
                                "POST",
                                "/agents/ethereum/register",
                                "{" + terms + ",\"eth_signature_hex\":\"" + signature.replace('1', '2') + "\"}")
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/identity/generate;",
                "/agents/generate;",
                "/agents/generate;{\"chain\":\"paralism\"}",
                "/agents/ethereum/proof;{\"ethereum_private_key_hex\":\"KEY\"}",
                "/agents/paralism/proof;{\"paralism_private_key_hex\":\"KEY\"}"
            })
    void whatIsGeneratedCanBeRegistered(String request) throws Exception {
        String[] parts = request.split(";", 2);
        String body = parts[1].replace("KEY", "11".repeat(32));
        JsonNode made = ok("POST", parts[0], body);
        assertThat(made.get("warning").isTextual()).isTrue();
        JsonNode registered = ok("POST", "/agents", made.toString());
        assertThat(registered.get("aid")).isEqualTo(made.get("aid"));
        JsonNode exported = ok("GET", "/agents/" + made.get("aid").textValue() + "/export", "");
        assertThat(exported.get("operational_private_key_hex")).isEqualTo(made.get("operational_private_key_hex"));
        assertThat(exported.get("delegation_proof_hex")).isEqualTo(made.get("delegation_proof_hex"));
    }

    @Test
    void theNodePublishesForItself() throws Exception {
        String self = node.address().toString();
        assertThat(ok("GET", "/status", "").get("node_published").booleanValue())
                .isFalse();
        JsonNode published = ok("POST", "/agents/" + self + "/publish", "");
        JsonNode status = ok("GET", "/status", "");
        assertThat(status.get("node_seq")).isEqualTo(published.get("seq"));
        assertThat(status.get("node_aid").textValue()).isEqualTo(self);
        ok("POST", "/agents/" + self + "/services", "{\"services\":[\"s\"]}");
        assertThat(ok("POST", "/discover", "{\"services\":[\"s\"]}").get("entries"))
                .hasSize(1);
        ok("DELETE", "/agents/" + self + "/services/s", "");
        assertThat(node.publications().count()).isEqualTo(1);
        assertThat(ask("DELETE", "/agents/" + self, "").status()).isEqualTo(400);
        assertThat(ask("POST", "/agents/" + self + "/heartbeat", "").status()).isEqualTo(404);
    }

    @Test
    void autoPublishPublishesTheNode() throws Exception {
        assertThat(ok("PATCH", "/config", "{\"auto_publish\":true}").toString())
                .isEqualTo("{\"ok\":true,\"restart_required\":[]}");
        assertThat(node.publications().count()).isEqualTo(1);
        assertThat(ok("GET", "/status", "").get("auto_publish").booleanValue()).isTrue();
        ok("PATCH", "/config", "{\"log_level\":\"info\"}");
        assertThat(node.publications().count()).as("not named").isEqualTo(1);
        ok("PATCH", "/config", "{\"auto_publish\":false}");
        assertThat(node.publications().count()).isZero();
    }

    @Test
    void theLevelOfTheLogAndSeedsAreChangedAtOnce() throws Exception {
        assertThat(ok("GET", "/config", "").get("log_level").textValue()).isEqualTo("info");
        assertThat(ok("PATCH", "/config", "{\"log_level\":\"debug\"}").get("restart_required"))
                .isEmpty();
        assertThat(ok("GET", "/config", "").get("log_level").textValue()).isEqualTo("debug");

        DhtNode third = DhtNode.builder()
                .identity(identity(2))
                .transport(network.newTransport())
                .build()
                .start();
        nodes.add(third);
        ok("PATCH", "/config", "{\"bootstrap\":[\"" + Endpoints.text(third.localEndpoint()) + "\"]}");
        while (third.contacts().isEmpty()) {
            Thread.onSpinWait();
        }
        JsonNode schema = ok("GET", "/config/schema", "").get("properties");
        assertThat(schema.get("log_level").get("readOnly").booleanValue()).isFalse();
        assertThat(schema.get("listen_addr").get("readOnly").booleanValue()).isTrue();
    }

    @Test
    void fewNodesToJoinThroughAreTakenAtATime() throws Exception {
        String seeds = "\"127.0.0.1:9\",".repeat(64);
        ok("PATCH", "/config", "{\"bootstrap\":[" + seeds.substring(0, seeds.length() - 1) + "]}");
        assertThat(ask("PATCH", "/config", "{\"bootstrap\":[" + seeds + "\"127.0.0.1:9\"]}")
                        .status())
                .isEqualTo(400);
    }

    /** All that is given, or nothing. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"listen_addr\":\":1\",\"api_addr\":\"127.0.0.1:1\"; [\"api_addr\",\"listen_addr\"]",
                "\"require_local_token\":true; [\"require_local_token\"]",
                "\"log_format\":\"json\"; []",
                "\"disable_relay\":false; []",
                "\"log_level\":\"loud\"; ",
                "\"bootstrap\":[\"a b\"]; ",
                "\"bootstrap\":[\"127.0.0.1:0\"]; ",
                "\"bootstrap\":1; "
            })
    void whatIsNotChangedIsSaidAndNothingElseIsChanged(String members, String restartRequired) throws Exception {
        Answer answer = ask("PATCH", "/config", "{\"auto_publish\":true," + members + "}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("restart_required").toString())
                .isEqualTo(restartRequired == null ? "" : restartRequired);
        assertThat(ok("GET", "/config", "").get("log_level").textValue()).isEqualTo("info");
        assertThat(ok("GET", "/config", "").get("auto_publish").booleanValue()).isFalse();
        assertThat(node.publications().count()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /connect/x, 502",
        "POST, /fetch/x, 400",
        "POST, /tunnel/x, 502",
        "GET, /aid/x/y, 502",
        "GET, /tunnel, 200",
        "DELETE, /tunnel/1, 404",
        "GET, /sessions/1, 404",
        "GET, /update/status, 200",
        "POST, /update/apply, 501",
        "POST, /demo/start, 501",
        "GET, /agents/x, 400",
        "POST, /agents/x/publish, 400",
        "POST, /resolve/x, 400",
        "POST, /discover, 400"
    })
    void whatThisNodeDoesNotHaveIsSaid(String method, String path, int status) throws Exception {
        Answer answer = ask(method, path, "");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.type()).isEqualTo(status == 200 ? "application/json" : "text/plain; charset=utf-8");
        assertThat(answer.json().has("error")).isEqualTo(status != 200);
    }

    @Test
    void unknownAgentsAreNotFound() throws Exception {
        for (String path : List.of("/publish", "/heartbeat", "/services", "/profile", "/records", "/mailbox/poll")) {
            assertThat(ask("POST", "/agents/" + AID + path, "{}").status())
                    .as(path)
                    .isEqualTo(404);
        }
        assertThat(ask("PATCH", "/agents/" + AID, "{}").status()).isEqualTo(404);
        assertThat(ask("POST", "/resolve/" + AID, "").status()).isEqualTo(404);
    }

    @Test
    void anotherKeyIsAConflict() throws Exception {
        register();
        Answer answer = ask("POST", "/agents", registration(identity(60), OWNER, 0));
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.type()).isEqualTo("application/json");
        String wrong = "{\"operational_private_key_hex\":\"" + key(identity(60)) + "\",\"service_tcp\":\"\"}";
        assertThat(ask("PATCH", "/agents/" + AID, wrong).status()).isEqualTo(403);
        assertThat(ask("PATCH", "/agents/" + AID, "{\"service_tcp\":\"localhost:1/path\"}")
                        .status())
                .isEqualTo(400);
        ok("PATCH", "/agents/" + AID, "{\"service_tcp\":\"localhost:1\"}");
        assertThat(ok("GET", "/agents/" + AID + "/probe", "")
                        .get("service_tcp_ok")
                        .booleanValue())
                .isFalse();
    }

    // ---- mail -------------------------------------------------------------------------------------------------

    private void sendNote(String text) throws Exception {
        node.sendMail(OWNER.address(), 7, Bytes.copyOf(text.getBytes(StandardCharsets.UTF_8)));
    }

    private JsonNode poll(String query) throws Exception {
        return ok("POST", "/agents/" + AID + "/mailbox/poll" + query, "").get("messages");
    }

    @Test
    void a04_aNoteIsNewUntilAnAnswerWithItWasWritten() throws Exception {
        register();
        ok("POST", "/agents/" + AID + "/publish", "");
        sendNote("one");
        String path = "/agents/" + AID + "/mailbox/poll";
        ApiResult lost = result("POST", path, "", true);
        assertThat(lost.status()).isEqualTo(200);

        JsonNode messages = poll("");
        assertThat(messages).hasSize(1);
        JsonNode first = messages.get(0);
        assertThat(first.get("sender").textValue()).isEqualTo(node.address().toString());
        assertThat(first.get("msg_type").intValue()).isEqualTo(7);
        assertThat(first.get("body_base64").textValue()).isEqualTo("b25l");
        assertThat(first.get("received_at").textValue()).endsWith("Z");
        assertThat(poll("")).isEmpty();

        sendNote("two");
        assertThat(poll("?after=" + first.get("id").textValue())).hasSize(1);
        assertThat(poll("")).isEmpty();
        assertThat(poll("?after=nothing")).hasSize(2);
    }

    /** What tells of mail consumes none. */
    @Test
    void aListenerIsToldOfNotes() throws Exception {
        register();
        ok("POST", "/agents/" + AID + "/publish", "");
        CompletableFuture<String> told = new CompletableFuture<>();
        try (var _ = registry.mail()
                .subscribe(
                        (agent, count, source) -> told.complete(agent + " " + count + " " + source.orElse("polled")))) {
            sendNote("one");
            assertThat(told.get(30, TimeUnit.SECONDS)).isEqualTo(AID + " 1 dht_push");
            assertThat(poll("")).hasSize(1);
        }
    }

    @Test
    void a14_failuresOfMailDiffer() throws Exception {
        register();
        String path = "/agents/" + AID + "/mailbox/send";
        String unknown = "{\"recipient\":\"" + identity(80).address() + "\",\"body_base64\":\"AAAA\"}";
        Answer notFound = ask("POST", path, unknown);
        assertThat(notFound.status()).isEqualTo(404);
        assertThat(notFound.json().get("error").textValue()).contains("no endpoint record");
        String large = Base64.getEncoder().encodeToString(new byte[2000]);
        Answer tooLong = ask("POST", path, unknown.replace("AAAA", large));
        assertThat(tooLong.status()).isEqualTo(400);
        assertThat(tooLong.json().get("code").textValue()).isEqualTo("too_long");
        assertThat(ask("POST", path, unknown.replace("AAAA", "!"))
                        .json()
                        .get("code")
                        .textValue())
                .isEqualTo("invalid");

        ok("POST", "/agents/" + AID + "/publish", "");
        JsonNode sent = ok("POST", path, "{\"recipient\":\"" + AID + "\"}");
        assertThat(sent.get("ok").booleanValue()).isTrue();
        assertThat(poll("")).hasSize(1);
    }

    // ---- weaknesses of other daemons --------------------------------------------------------------------------

    @Test
    void a01_numbersAreThereAsTextToo() throws Exception {
        register();
        ok("POST", "/agents/" + AID + "/services", "{\"services\":[\"s\"]}");
        JsonNode entry =
                ok("POST", "/discover", "{\"services\":[\"s\"]}").get("entries").get(0);
        assertThat(entry.get("seq").longValue()).isGreaterThan(1L << 53);
        assertThat(entry.get("seq_text").textValue()).isEqualTo(entry.get("seq").asText());
        assertThat(ok("GET", "/agents/" + AID, "").get("seq_text").textValue()).isEqualTo("0");
    }

    @Test
    void a05_nestedMetaOfOthersIsShown() throws Exception {
        CborValue nested = new CborValue.Dictionary(Map.of(
                new CborValue.Text("list"),
                new CborValue.Sequence(List.of(
                        CborValue.Int.of(1),
                        new CborValue.Binary(Bytes.fromHex("00ff")),
                        new CborValue.Floating(Double.NaN))),
                CborValue.Int.of(7),
                new CborValue.Dictionary(Map.of())));
        nodes.getFirst()
                .publish(new TopicPayload(1, "s", "", Optional.empty(), Optional.empty(), "", Map.of("outer", nested)));
        nodes.getFirst()
                .publish(new AgentProfilePayload(
                        1, "", "", List.of(), List.of(), Bytes.EMPTY, List.of(), Map.of("outer", nested)));

        String shown = "{\"outer\":{\"7\":{},\"list\":[1,\"AP8=\",null]}}";
        JsonNode entry =
                ok("POST", "/discover", "{\"services\":[\"s\"]}").get("entries").get(0);
        assertThat(entry.get("meta").toString()).isEqualTo(shown);
        assertThat(entry.get("protocols").isNull()).isTrue();
        JsonNode record = ok("GET", "/resolve/" + identity(0).address() + "/records?type=2", "")
                .get("records")
                .get(0);
        assertThat(record.get("profile").get("meta").toString()).isEqualTo(shown);
    }

    @Test
    void a06_theConfigurationTellsAndTakesNoSecret() throws Exception {
        JsonNode config = ok("GET", "/config", "");
        assertThat(config.get("api_token").textValue()).isEqualTo("***");
        assertThat(config.get("key_dir").textValue()).isEmpty();
        assertThat(config.get("turn_servers")).isEmpty();
        assertThat(ok("GET", "/config/schema", "").get("properties")).hasSameSizeAs(config);
        assertThat(ask("PATCH", "/config", "{\"api_token\":\"mine\"}").status()).isEqualTo(403);
        assertThat(ask("PATCH", "/config", "{\"key_dir\":\"/tmp\"}").status()).isEqualTo(403);
        assertThat(ask("PATCH", "/config", "{\"listen_addr\":\":1\"}").status()).isEqualTo(400);
        assertThat(ok("PATCH", "/config", "{\"disable_upnp\":true,\"api_token\":null,\"unknown\":1}")
                        .get("ok")
                        .booleanValue())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/identity/generate", "/agents/generate", "/agents/ethereum/proof", "/agents/paralism/proof"})
    void a11_ownersKeysTravelOnThisMachineOnly(String path) throws Exception {
        assertThat(written(result("POST", path, "{}", false)).status()).isEqualTo(403);
    }

    @Test
    void a11_operationalKeysAreToldOnThisMachineOnly() throws Exception {
        register();
        assertThat(written(result("GET", "/agents/" + AID + "/export", "", false))
                        .status())
                .isEqualTo(403);
        assertThat(ok("GET", "/agents/" + AID, "").toString())
                .doesNotContain(key(OPERATIONAL).substring(0, 64));
    }

    @Test
    void a13_aProfileOfOnesOwnIsNotOverwritten() throws Exception {
        register();
        AgentProfilePayload own = AgentProfilePayload.of("by hand", List.of(), List.of());
        String record = "{\"rec_type\":2,\"ttl\":600,\"payload_base64\":\""
                + Base64.getEncoder().encodeToString(own.encode().toArray()) + "\"}";
        ok("POST", "/agents/" + AID + "/records", record);
        ok("POST", "/agents/" + AID + "/services", "{\"services\":[\"s\"]}");
        assertThat(profileName()).isEqualTo("by hand");
        assertThat(registry.find(OWNER.address()).orElseThrow().publicationCount())
                .isEqualTo(1);
        assertThat(ask("POST", "/agents/" + AID + "/profile", "{\"name\":\"" + "x".repeat(800) + "\"}")
                        .status())
                .isEqualTo(400);
        ok("POST", "/agents/" + AID + "/profile", "{\"name\":\"new\"}");
        assertThat(registry.find(OWNER.address()).orElseThrow().publicationCount())
                .isEqualTo(2);
        ok("DELETE", "/agents/" + AID + "/profile", "");
    }

    private String profileName() throws Exception {
        return ok("GET", "/resolve/" + AID + "/records?type=2", "")
                .get("records")
                .get(0)
                .get("profile")
                .get("name")
                .textValue();
    }

    @Test
    void a16_anAgentThatDidNotShowItselfHasNoTime() throws Exception {
        register();
        assertThat(ask("POST", "/agents/" + identity(90).address() + "/heartbeat", "")
                        .status())
                .isEqualTo(404);
        assertThat(ok("GET", "/agents", "").get("agents")).hasSize(1);
        assertThat(ok("GET", "/agents/" + AID, "").get("heartbeat_seconds_ago").isNull())
                .isTrue();
        ok("POST", "/agents/" + AID + "/heartbeat", "");
        assertThat(ok("GET", "/agents/" + AID, "").get("heartbeat_seconds_ago").doubleValue())
                .isBetween(0.0, 60.0);
    }

    @Test
    void a17_theHalvesOfAKeyBelongTogether() throws Exception {
        String other = key(OPERATIONAL).substring(0, 64) + key(OWNER).substring(64);
        String body = registration(OPERATIONAL, OWNER, 0).replace(key(OPERATIONAL), other);
        Answer answer = ask("POST", "/agents", body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("error").textValue()).contains("second half");
    }

    @Test
    void a17_theEndOfADelegationIsAnnounced() throws Exception {
        long end = registry.now().getEpochSecond() + 3600;
        ok("POST", "/agents", registration(OPERATIONAL, OWNER, end));
        JsonNode agent = ok("GET", "/agents/" + AID, "");
        assertThat(agent.get("delegation_expires_at").textValue())
                .isEqualTo(Instant.ofEpochSecond(end).toString());
        assertThat(agent.get("warnings").get(0).textValue()).startsWith("the delegation ends at ");
    }

    @Test
    void a20_thereIsALimitOfServices() throws Exception {
        register();
        StringBuilder many = new StringBuilder("\"s\"");
        for (int i = 0; i < 32; i++) {
            many.append(",\"s").append(i).append('"');
        }
        Answer answer = ask("POST", "/agents/" + AID + "/services", "{\"services\":[" + many + "]}");
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.json().get("code").textValue()).isEqualTo("too_many");
    }

    @Test
    void a20_thereIsALimitOfLookupsAtATime() throws Exception {
        LookupLimit limit = new LookupLimit(1);
        Router.Action inner = limit.around(_ -> ApiResult.text("text/plain", "inner\n"));
        Router nested = Router.builder()
                .legacy("GET", "/discover", limit.around(request -> {
                    ApiResult within = Router.builder()
                            .legacy("GET", "/discover", inner)
                            .build()
                            .answer(request);
                    assertThat(within.status()).isEqualTo(429);
                    assertThat(within.headers()).containsEntry("Retry-After", "1");
                    return ApiResult.text("text/plain", "outer\n");
                }))
                .build();
        ApiRequest request = new ApiRequest("GET", "/discover", Map.of(), Map.of(), "", Bytes.EMPTY);
        assertThat(nested.answer(request).status()).isEqualTo(200);
        assertThat(nested.answer(request).status()).isEqualTo(200);
    }
}
