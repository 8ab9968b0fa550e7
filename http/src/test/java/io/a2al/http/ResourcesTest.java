package io.a2al.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.a2al.dht.DhtNode;
import io.a2al.dht.result.ResolveResult;
import io.a2al.dht.transport.Endpoints;
import io.a2al.http.lookup.LookupResource;
import io.a2al.http.route.ApiRequest;
import io.a2al.http.route.ApiResult;
import io.a2al.http.route.Router;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.RecordSigner;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.TopicPayload;
import io.a2al.protocol.record.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the paths do to a node and tell of it. */
@Timeout(120)
class ResourcesTest {

    private static final String ENDPOINT = "{\"endpoint\":{\"urls\":[\"https://a.example\"]}%s}";

    @TempDir
    private Path directory;

    private final Description description = new Description();
    private ServedNetwork network;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        network = new ServedNetwork(2, directory);
    }

    @AfterEach
    void stop() {
        network.close();
    }

    /** An answer: its status and its JSON. */
    private record Answer(int status, JsonNode json) {}

    private Answer ask(String method, String path, String body) throws IOException {
        return ask(network, method, path, body);
    }

    private Answer ask(ServedNetwork asked, String method, String path, String body) throws IOException {
        PlainRequest.Answer answer = asked.ask(method, path, "*/*", body);
        assertThat(description.problems(method, path.split("\\?")[0], answer)).isEmpty();
        return new Answer(answer.status(), new ObjectMapper().readTree(answer.body()));
    }

    private Answer get(String path) throws IOException {
        return ask("GET", path, "");
    }

    // ---- the node ---------------------------------------------------------------------------------------------

    @Test
    void aNodeIsReadyWhenItKnowsAnother() throws Exception {
        assertThat(get("/v1/readyz").status()).isEqualTo(200);
        try (ServedNetwork alone = new ServedNetwork(1, Files.createDirectory(directory.resolve("alone")))) {
            Answer ready = ask(alone, "GET", "/v1/readyz", "");
            assertThat(ready.status()).isEqualTo(503);
            assertThat(ready.json().get("code").asText()).isEqualTo("unavailable");
            assertThat(ask(alone, "GET", "/v1/status", "").json().get("joined").booleanValue())
                    .isFalse();
        }
    }

    @Test
    void theStatusIsTheNodes() throws Exception {
        JsonNode status = get("/v1/status").json();
        assertThat(status.get("address").asText())
                .isEqualTo(network.last().address().toString());
        assertThat(status.get("version").asText()).isEqualTo("1.2.3");
        assertThat(status.get("peers").intValue()).isEqualTo(1);
    }

    @Test
    void theStoreIsReadInPages() throws Exception {
        for (int i = 0; i < 5; i++) {
            network.get(0).publish(TopicPayload.of("topic " + i, "", List.of(), List.of()));
        }
        List<String> keys = new ArrayList<>();
        String after = "";
        int pages = 0;
        do {
            JsonNode page = get("/v1/store?type=16&limit=2" + (after.isEmpty() ? "" : "&after=" + after))
                    .json();
            page.get("records").forEach(record -> keys.add(record.get("key").asText()));
            after = page.get("next").isNull() ? "" : page.get("next").asText();
            pages++;
        } while (!after.isEmpty());
        assertThat(keys).hasSize(5).doesNotHaveDuplicates().isSorted();
        assertThat(pages).isEqualTo(3);
    }

    @Test
    void theStoreIsSelectedByKeyTypeAndAddress() throws Exception {
        network.get(0).publish(EndpointPayload.of(List.of("https://a.example")));
        String key = network.get(0).nodeId().toHex();
        String address = network.get(0).address().toString();
        String other = network.last().address().toString();

        assertThat(get("/v1/store?key=" + key).json().get("records")).hasSize(1);
        assertThat(get("/v1/store?address=" + address).json().get("records")).hasSize(1);
        assertThat(get("/v1/store?address=" + other).json().get("records")).isEmpty();
        assertThat(get("/v1/store?type=16").json().get("records")).isEmpty();
        assertThat(get("/v1/store?key=" + key + "&address=" + other).json().get("records"))
                .isEmpty();
    }

    @Test
    void peersAreReadInPagesNearestFirst() throws Exception {
        JsonNode page = get("/v1/peers?limit=1").json();
        assertThat(page.get("peers").get(0).get("address").asText())
                .isEqualTo(network.get(0).address().toString());
        assertThat(page.get("next").isNull()).isTrue();
        assertThat(get("/v1/peers?after=" + network.get(0).nodeId().toHex())
                        .json()
                        .get("peers"))
                .isEmpty();
    }

    // ---- lookups ----------------------------------------------------------------------------------------------

    @Test
    void anAgentIsResolved() throws Exception {
        network.get(0).publish(EndpointPayload.of(List.of("https://a.example")));
        Answer answer = get("/v1/resolve/" + network.get(0).address());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("endpoints").get(0).asText()).isEqualTo("https://a.example");
        assertThat(answer.json().get("lookup").get("asked").intValue()).isPositive();
    }

    @Test
    void anAgentThatIsNotFoundIsReportedWithTheLookup() throws Exception {
        Answer answer = get("/v1/resolve/" + Identity.ofSeed(new byte[32]).address());
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().get("lookup").get("answered").intValue()).isEqualTo(1);
    }

    @Test
    void topicsAreFiltered() throws Exception {
        network.get(0).publish(TopicPayload.of("a//b", "One", List.of("mcp"), List.of("fast", "cheap")));
        assertThat(get("/v1/topics?topic=a%2F%2Fb").json().get("entries")).hasSize(1);
        assertThat(get("/v1/topics?topic=a%2F%2Fb&protocol=mcp&protocol=a2a&tag=fast&tag=cheap")
                        .json()
                        .get("entries"))
                .hasSize(1);
        assertThat(get("/v1/topics?topic=a%2F%2Fb&tag=slow").json().get("entries"))
                .isEmpty();
    }

    @Test
    void aPingTellsWhoIsThere() throws Exception {
        String to = Endpoints.text(network.get(0).localEndpoint());
        assertThat(ask("POST", "/v1/ping", "{\"to\":\"" + to + "\"}")
                        .json()
                        .get("address")
                        .asText())
                .isEqualTo(network.get(0).address().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:9", "[::1]:9"})
    void aPingWithoutAnswerIsATimeout(String to) throws Exception {
        Answer answer = ask("POST", "/v1/ping", "{\"to\":\"" + to + "\",\"timeout_ms\":1}");
        assertThat(answer.status()).isEqualTo(504);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.example", "127.0.0.1:0", "0.0.0.0:1", "", "127.0.0.1:70000"})
    void onlyAnAddressOfOneHostIsPinged(String to) throws Exception {
        Answer answer = ask("POST", "/v1/ping", "{\"to\":\"" + to + "\"}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("error").asText()).startsWith("to: ");
    }

    @Test
    void theFirstCopyMayBeTheNodesOwnUnlessItShouldHaveBeenRenewed() throws Exception {
        network.get(0).publish(EndpointPayload.of(List.of("https://a.example")));
        String path = "/v1/resolve/" + network.get(0).address();
        assertThat(network.last().store().size()).as("a replica").isPositive();
        assertThat(askedFor(path + "?fresh=first")).isZero();
        assertThat(askedFor(path + "?fresh=newest")).isPositive();
        assertThat(askedFor(path)).isPositive();

        Router.Builder routes = Router.builder();
        new LookupResource(network.last(), () -> now() + 1801).addTo(routes);
        ApiResult later = routes.build()
                .answer(new ApiRequest(
                        "GET",
                        "/v1/resolve/" + network.get(0).address(),
                        Map.of(),
                        Map.of("fresh", List.of("first")),
                        "",
                        Optional.empty(),
                        Bytes.EMPTY,
                        true));
        String text = ((ApiResult.Body.Whole) later.body()).text();
        assertThat(new ObjectMapper().readTree(text).get("lookup").get("asked").intValue())
                .isPositive();
    }

    private int askedFor(String path) throws IOException {
        Answer answer = get(path);
        assertThat(answer.status()).isEqualTo(200);
        return answer.json().get("lookup").get("asked").intValue();
    }

    // ---- publications -----------------------------------------------------------------------------------------

    @Test
    void aPublicationTakesThePlaceOfTheFormerOne() throws Exception {
        for (String keep : List.of("", ",\"keep\":true", "")) {
            assertThat(ask("POST", "/v1/publications", ENDPOINT.formatted(keep)).status())
                    .isEqualTo(201);
            assertThat(network.last().publications().count()).isEqualTo(1);
            JsonNode list = get("/v1/publications").json().get("publications");
            assertThat(list).hasSize(1);
            assertThat(list.get(0).get("kept").booleanValue()).isEqualTo(!keep.isEmpty());
            assertThat(list.get(0).get("next_renewal_seconds").longValue()).isBetween(1L, 1800L);
            assertThat(network.last().publications().kept()).hasSize(keep.isEmpty() ? 0 : 1);
        }
    }

    @Test
    void endingAKeptPublicationEndsItForGood() throws Exception {
        network.last().publishKept(EndpointPayload.of(List.of("https://a.example")));
        assertThat(get("/v1/publications/endpoint").json().get("kept").booleanValue())
                .isTrue();
        assertThat(ask("DELETE", "/v1/publications/endpoint", "").status()).isEqualTo(200);
        assertThat(network.last().publications().kept()).isEmpty();
        assertThat(get("/v1/publications/endpoint").status()).isEqualTo(404);
        assertThat(ask("DELETE", "/v1/publications/endpoint", "").status()).isEqualTo(404);
    }

    private static final Identity ELSEWHERE = Identity.ofSeed(new byte[32]);

    private static SignedRecord signed(int type, Bytes payload, long sequence, long timestamp, long ttl) {
        return RecordSigner.self(ELSEWHERE.newSigner()).sign(type, payload, sequence, timestamp, ttl);
    }

    private static SignedRecord signed(long sequence) throws InvalidRecordException {
        return RecordSigner.self(ELSEWHERE.newSigner())
                .sign(EndpointPayload.of(List.of("https://elsewhere.example")), sequence, now(), 600);
    }

    private static long now() {
        return Instant.now().getEpochSecond();
    }

    private Answer publish(Bytes record) throws IOException {
        return ask("POST", "/v1/publications", "{\"record\":{\"data\":\"" + record.toHex() + "\"}}");
    }

    @Test
    void aRecordThatWasSignedElsewhereIsPublishedUntilItExpiresOrIsReplaced() throws Exception {
        JsonNode first = publish(signed(1).encoded()).json();
        assertThat(first.get("renewable").booleanValue()).isFalse();
        assertThat(first.get("address").asText()).isEqualTo(ELSEWHERE.address().toString());
        assertThat(first.get("endpoints").get(0).asText()).isEqualTo("https://elsewhere.example");
        assertThat(first.get("replicas").intValue()).isPositive();
        assertThat(first.get("kept").booleanValue())
                .isEqualTo(!network.last().publications().kept().isEmpty());

        String base64 = Base64.getEncoder().encodeToString(signed(2).encoded().toArray());
        Answer second =
                ask("POST", "/v1/publications", "{\"record\":{\"encoding\":\"base64\",\"data\":\"" + base64 + "\"}}");
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.json().get("id")).isEqualTo(first.get("id"));
        assertThat(network.last().publications().count()).isEqualTo(1);
        assertThat(network.get(0).resolve(ELSEWHERE.address())).isInstanceOf(ResolveResult.Found.class);

        // The node's own endpoint is another publication.
        assertThat(ask("POST", "/v1/publications", ENDPOINT.formatted(""))
                        .json()
                        .get("renewable")
                        .booleanValue())
                .isTrue();
        assertThat(get("/v1/publications").json().get("publications")).hasSize(2);
        String path = "/v1/publications/" + first.get("id").asText();
        assertThat(get(path).json().get("seq").intValue()).isEqualTo(2);
        assertThat(ask("DELETE", path, "").status()).isEqualTo(200);
        assertThat(get(path).status()).isEqualTo(404);
        assertThat(network.last().publications().count()).isEqualTo(1);
    }

    @Test
    void aRecordOfUnknownContentIsShownByItsNumbers() throws Exception {
        Answer answer = publish(signed(RecordType.AGENT_PROFILE, Bytes.fromHex("ff"), 1, now(), 600)
                .encoded());
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().get("record_type").intValue()).isEqualTo(RecordType.AGENT_PROFILE);
        assertThat(answer.json().has("name")).isFalse();
    }

    @Test
    void aRecordThatOtherNodesWouldRefuseIsRefused() throws Exception {
        byte[] forged = signed(1).encoded().toArray();
        forged[forged.length - 1] ^= 1;
        assertThat(publish(Bytes.copyOf(forged)).status()).as("signature").isEqualTo(422);
        assertThat(publish(signed(5, Bytes.EMPTY, 1, now() - 1000, 600).encoded())
                        .status())
                .as("expired")
                .isEqualTo(422);
        assertThat(publish(signed(5, Bytes.EMPTY, 1, now() + 100_000, 600).encoded())
                        .status())
                .as("of the future")
                .isEqualTo(422);
        assertThat(publish(signed(5, Bytes.copyOf(new byte[1100]), 1, now(), 600)
                                .encoded())
                        .status())
                .as("too long")
                .isIn(400, 422);
        assertThat(publish(Bytes.fromHex("a0")).status()).as("no record").isEqualTo(400);
        assertThat(network.last().publications().count()).isZero();
        assertThat(get("/v1/publications").json().get("publications")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"record\":{}}",
                "{\"record\":{\"data\":\"xx\"}}",
                "{\"record\":{\"data\":\"a0\",\"key\":\"1\"}}",
                "{\"record\":{\"data\":\"a0\"},\"keep\":true}",
                "{\"record\":{\"data\":\"a0\"},\"topic\":{\"topic\":\"t\"}}",
                "{\"endpoint\":{}}",
                "{\"endpoint\":{\"urls\":[\"a b\"]}}",
                "{\"endpoint\":{\"urls\":[\"https://a.example\"],\"nat\":\"open\"}}",
                "{\"endpoint\":{\"urls\":[\"https://a.example\"]},\"topic\":{\"topic\":\"t\"}}",
                "{\"topic\":{\"topic\":\"\"}}",
                "{\"topic\":{\"topic\":\"t\",\"tags\":\"fast\"}}",
                "{\"topic\":{\"topic\":\"t\",\"keep\":true}}"
            })
    void whatCannotBePublishedIsRefused(String body) throws Exception {
        assertThat(ask("POST", "/v1/publications", body).status()).isEqualTo(400);
        assertThat(network.last().publications().count()).isZero();
    }

    /** With a record that would be published, so that nothing else is wrong. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"record\":{\"data\":\"DATA\"},\"keep\":true}",
                "{\"record\":{\"data\":\"DATA\"},\"keep\":false}",
                "{\"record\":{\"data\":\"DATA\"},\"topic\":{\"topic\":\"t\"}}",
                "{\"record\":{\"data\":\"DATA\"},\"endpoint\":{\"urls\":[\"https://a.example\"]}}",
                "{\"record\":{\"data\":\"DATA\",\"key\":\"1\"}}"
            })
    void whatDoesNotGoWithARecordIsRefused(String body) throws Exception {
        String data = signed(1).encoded().toHex();
        assertThat(ask("POST", "/v1/publications", body.replace("DATA", data)).status())
                .isEqualTo(400);
        assertThat(network.last().publications().count()).isZero();
        assertThat(publish(signed(1).encoded()).status()).isEqualTo(201);
    }

    @Test
    void aRecordIsPublishedAtTheKeyThatIsNamed() throws Exception {
        String data = signed(1).encoded().toHex();
        String key = "00".repeat(32);
        Answer answer =
                ask("POST", "/v1/publications", "{\"record\":{\"data\":\"" + data + "\",\"key\":\"" + key + "\"}}");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().get("key").asText()).isEqualTo(key);
        assertThat(network.last().publications().at(NodeId.fromHex(key), ELSEWHERE.address()))
                .hasSize(1);
    }

    @Test
    void anEntryOfATopicHasAllThatIsGiven() throws Exception {
        String topic = "{\"topic\":{\"topic\":\"t\",\"name\":\"Babel\",\"protocols\":[\"mcp\"],\"tags\":[\"de\"],"
                + "\"brief\":\"short and good\"}}";
        Answer answer = ask("POST", "/v1/publications", topic);
        assertThat(answer.status()).isEqualTo(201);
        DhtNode node = network.last();
        SignedRecord record = node.publications()
                .at(Topics.keyOf("t"), node.address())
                .getFirst()
                .record()
                .record();
        assertThat(TopicPayload.decode(record.payload().orElseThrow()))
                .isEqualTo(TopicPayload.of("t", "Babel", List.of("mcp"), List.of("de"))
                        .withBrief("short and good"));
        String tooLong = topic.replace("short and good", "x".repeat(600));
        assertThat(ask("POST", "/v1/publications", tooLong).status()).isEqualTo(400);
    }

    /** Half of a pair of surrogates is no text, and a control character is one. */
    @ParameterizedTest
    @ValueSource(strings = {"\\ud800", "\\u0000", "\\udc00x"})
    void oddTextsAreNoDefect(String text) throws Exception {
        String topic = "{\"topic\":{\"topic\":\"t\",\"name\":\"" + text + "\"}}";
        assertThat(ask("POST", "/v1/publications", topic).status()).isIn(201, 400, 422);
        String note = "{\"to\":\"" + network.get(0).address() + "\",\"text\":\"" + text + "\"}";
        assertThat(ask("POST", "/v1/mail", note).status()).isIn(201, 400, 404, 422);
        assertThat(get("/v1/topics?topic=%00").status()).isEqualTo(200);
    }

    // ---- mail -------------------------------------------------------------------------------------------------

    @Test
    void aNoteIsSentAndRead() throws Exception {
        network.last().publish(EndpointPayload.of(List.of("https://a.example")));
        String to = network.last().address().toString();
        Answer sent = ask("POST", "/v1/mail", "{\"to\":\"" + to + "\",\"text\":\"grüße\",\"type\":9}");
        assertThat(sent.status()).isEqualTo(201);

        JsonNode mail = get("/v1/mail").json().get("mail");
        assertThat(mail).hasSize(1);
        assertThat(mail.get(0).get("text").asText()).isEqualTo("grüße");
        assertThat(mail.get(0).get("type").intValue()).isEqualTo(9);
        assertThat(mail.get(0).get("seq").bigIntegerValue().toString())
                .isEqualTo(mail.get(0).get("seq_text").asText())
                .isEqualTo(sent.json().get("seq_text").asText());
    }

    @Test
    void aNoteIsUnreadUntilItIsSaidToBeDelivered() throws Exception {
        network.last().publish(EndpointPayload.of(List.of("https://a.example")));
        String to = network.last().address().toString();
        assertThat(ask("POST", "/v1/mail", "{\"to\":\"" + to + "\",\"text\":\"first\"}")
                        .status())
                .isEqualTo(201);

        JsonNode unread = get("/v1/mail?unread=true").json().get("mail");
        assertThat(unread).hasSize(1);
        assertThat(get("/v1/mail?unread=true").json().get("mail")).isEqualTo(unread);
        String ids = "{\"ids\":[" + unread.get(0).get("id") + "]}";
        assertThat(ask("POST", "/v1/mail/delivered", ids)
                        .json()
                        .get("delivered")
                        .intValue())
                .isEqualTo(1);
        assertThat(get("/v1/mail?unread=true").json().get("mail")).isEmpty();
        assertThat(get("/v1/mail?unread=false").json().get("mail")).isEqualTo(unread);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "00112233445566778899aabbccddeeff-99999999999999999999", "0-1", "00-"})
    void whatIsNoIdOfANoteIsRefused(String id) throws Exception {
        Answer answer = ask("POST", "/v1/mail/delivered", "{\"ids\":[\"" + id + "\"]}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("error").asText()).startsWith("ids: \"" + id + "\" is no id of a note");
        assertThat(get("/v1/mail?unread=maybe").status()).isEqualTo(400);
    }

    @Test
    void aNoteToAnUnknownRecipientIsNotSent() throws Exception {
        String to = Identity.ofSeed(new byte[32]).address().toString();
        Answer answer = ask("POST", "/v1/mail", "{\"to\":\"" + to + "\",\"base64\":\"AAE=\"}");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().get("lookup").isObject()).isTrue();
    }

    @Test
    void aNoteThatDoesNotFitIsRefused() throws Exception {
        String to = network.get(0).address().toString();
        Answer answer = ask("POST", "/v1/mail", "{\"to\":\"" + to + "\",\"text\":\"" + "x".repeat(2000) + "\"}");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().get("error").asText()).startsWith("the note has 2000 bytes, the limit is ");
    }

    // ---- numbers ----------------------------------------------------------------------------------------------

    @Test
    void theDebugPagesAreTheSame() throws Exception {
        assertThat(get("/debug/identity").json().get("address").asText())
                .isEqualTo(network.last().address().toString());
        assertThat(ask("HEAD", "/debug/store", "").status()).isEqualTo(200);
        assertThat(get("/debug/store").status()).isEqualTo(200);
        assertThat(get("/debug/store").status()).isEqualTo(200);
        assertThat(get("/debug/nothing").status()).isEqualTo(404);
    }
}
