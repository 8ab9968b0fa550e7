package io.a2al.http.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.http.route.ApiException;
import io.a2al.http.route.ApiResult;
import io.a2al.http.route.ErrorCode;
import io.a2al.http.route.Json;
import io.a2al.http.route.Router;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.InitializeResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streamable HTTP, asked by the client of the SDK and by plain requests. */
@Timeout(120)
class McpOverHttpTest {

    private static final McpLimits LIMITS =
            new McpLimits(2, Duration.ofMinutes(1), Duration.ofMillis(20), 3, 4, 2, Duration.ofSeconds(30));

    private static final String STATUS = """
        {"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"a2al_status","arguments":{}}}\
        """;

    private static Router.Builder routes() {
        return Router.builder()
                .get(
                        "/status",
                        _ -> ApiResult.json(
                                Json.object().put("seq", Long.MAX_VALUE).put("peers", 4)))
                .post("/resolve/{aid}", _ -> {
                    throw ApiException.of(ErrorCode.NOT_FOUND, "not found");
                });
    }

    private static String text(CallToolResult result, int index) {
        return ((TextContent) result.content().get(index)).text();
    }

    @Test
    void theClientOfTheSdkListsAndCallsTools() throws Exception {
        try (McpServing serving = new McpServing(routes(), McpLimits.DEFAULT);
                McpSyncClient client = serving.client()) {
            InitializeResult begun = client.initialize();

            assertThat(begun.protocolVersion()).isEqualTo("2025-11-25");
            assertThat(begun.serverInfo().name()).isEqualTo("a2ald");
            assertThat(begun.instructions()).contains("network_ready");
            assertThat(begun.capabilities().tools()).isNotNull();
            assertThat(client.listTools().tools())
                    .extracting(Tool::name)
                    .containsExactlyElementsOf(
                            ToolTable.all().stream().map(McpTool::name).toList());
            assertThat(client.callTool(CallToolRequest.builder("a2al_status")
                                    .arguments(Map.of())
                                    .build())
                            .isError())
                    .isFalse();
            assertThat(client.ping()).isNotNull();
        }
    }

    @Test
    void a08_aResultIsThereAsTextAndAsStructure() throws Exception {
        try (McpServing serving = new McpServing(routes(), McpLimits.DEFAULT);
                McpSyncClient client = serving.client()) {
            client.initialize();
            CallToolResult result = client.callTool(
                    CallToolRequest.builder("a2al_status").arguments(Map.of()).build());

            assertThat(result.structuredContent())
                    .isEqualTo(Map.of("seq", Long.MAX_VALUE, "peers", 4, "network_ready", true));
            assertThat(result.content()).hasSize(1);
            assertThat(SdkJson.read(text(result, 0))).isEqualTo(SdkJson.toTree(asMap(result.structuredContent())));
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> asMap(Object structure) {
        return (Map<String, Object>) structure;
    }

    @Test
    void aFailureHasTheErrorOfThePathAsItsText() throws Exception {
        try (McpServing serving = new McpServing(routes(), McpLimits.DEFAULT);
                McpSyncClient client = serving.client()) {
            client.initialize();
            serving.ready.set(false);
            CallToolResult result = client.callTool(CallToolRequest.builder("a2al_resolve")
                    .arguments(Map.of("aid", "a0"))
                    .build());

            assertThat(result.isError()).isTrue();
            assertThat(text(result, 0)).isEqualTo("not found");
            assertThat(text(result, 1)).contains("network_ready");
            assertThat(asMap(result.structuredContent())).containsEntry("network_ready", false);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2025-11-25, 2025-11-25",
        "2025-06-18, 2025-06-18",
        "2025-03-26, 2025-03-26",
        "2024-11-05, 2024-11-05",
        "2099-01-01, 2025-06-18",
        "1.0, 2025-06-18"
    })
    void theVersionIsTheOneAskedForOrElseTheNewest(String asked, String answered) throws Exception {
        try (McpServing serving = new McpServing(routes(), LIMITS)) {
            HttpResponse<String> answer = serving.post(McpServing.INITIALIZE.replace("2025-06-18", asked));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(McpServing.data(answer).getFirst()).contains("\"protocolVersion\":\"" + answered + "\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/mcp", "/mcp/"})
    void bothPathsAreServedWithoutRedirect(String path) throws Exception {
        try (McpServing serving = new McpServing(routes(), LIMITS)) {
            HttpResponse<String> answer =
                    serving.send(serving.request(path).POST(BodyPublishers.ofString(McpServing.INITIALIZE)));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).contains("text/event-stream");
            assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(answer.body()).contains("event: message\nid: 1_0\ndata: {");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'application/json, text/event-stream', 200",
        "'text/event-stream;q=0.5 , application/json', 200",
        "'*/*', 200",
        "application/json, 400",
        "text/event-stream, 400",
        "text/html, 400"
    })
    void bothTypesMustBeAccepted(String accept, int status) throws Exception {
        try (McpServing serving = new McpServing(routes(), LIMITS)) {
            assertThat(serving.post(McpServing.INITIALIZE, "Accept", accept).statusCode())
                    .isEqualTo(status);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "{}",
                "[]",
                "7",
                "null",
                "{\"jsonrpc\":\"2.0\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":[]}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}",
                "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"},3]",
                "[1,2,3,4]"
            })
    void whatIsNoFirstMessageIsRefused(String body) throws Exception {
        try (McpServing serving = new McpServing(routes(), LIMITS)) {
            HttpResponse<String> answer = serving.post(body);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(SdkJson.read(answer.body()).get("error").isTextual()).isTrue();
        }
    }

    @Test
    void deepNestingIsRefused() throws Exception {
        try (McpServing serving = new McpServing(routes(), LIMITS)) {
            assertThat(serving.post("[".repeat(10_000)).statusCode()).isEqualTo(400);
        }
    }

    @Test
    void pingNeedsNoSession() throws Exception {
        try (McpServing serving = new McpServing(routes(), LIMITS)) {
            HttpResponse<String> answer = serving.post("{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"ping\"}");
            assertThat(McpServing.data(answer)).containsExactly("{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"result\":{}}");
            assertThat(answer.headers().firstValue("Mcp-Session-Id")).isEmpty();
        }
    }

    @Test
    void aBatchIsAnsweredMessageByMessage() throws Exception {
        try (McpServing serving = new McpServing(routes(), LIMITS)) {
            String id = serving.initialize();
            HttpResponse<String> answer = serving.post(
                    "[" + STATUS + ",{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\"},"
                            + "{\"jsonrpc\":\"2.0\",\"id\":8,\"method\":\"none\"}]",
                    "Mcp-Session-Id",
                    id);
            assertThat(McpServing.data(answer)).hasSize(2);
            assertThat(McpServing.data(answer).get(0)).contains("\"id\":7").contains("network_ready");
            assertThat(McpServing.data(answer).get(1)).contains("\"id\":8").contains("-32601");
        }
    }

    @Test
    void notificationsAreAcceptedWithoutAnswer() throws Exception {
        try (McpServing serving = new McpServing(routes(), LIMITS)) {
            HttpResponse<String> answer = serving.post(
                    "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}",
                    "Mcp-Session-Id",
                    serving.initialize());
            assertThat(answer.statusCode()).isEqualTo(202);
            assertThat(answer.body()).isEmpty();
        }
    }

    @Test
    void aVersionThatIsNotSpokenIsRefused() throws Exception {
        try (McpServing serving = new McpServing(routes(), LIMITS)) {
            String id = serving.initialize();
            assertThat(serving.post(STATUS, "Mcp-Session-Id", id, "MCP-Protocol-Version", "2099-01-01")
                            .statusCode())
                    .isEqualTo(400);
            assertThat(serving.post(STATUS, "Mcp-Session-Id", id, "MCP-Protocol-Version", "2025-03-26")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void unknownArgumentsAndToolsAreErrors() throws Exception {
        try (McpServing serving = new McpServing(routes(), LIMITS)) {
            String id = serving.initialize();
            assertThat(McpServing.data(serving.post(
                                    STATUS.replace("\"arguments\":{}", "\"arguments\":{\"x\":1}"),
                                    "Mcp-Session-Id",
                                    id))
                            .getFirst())
                    .contains("\"isError\":true")
                    .contains("x: not known");
            assertThat(McpServing.data(serving.post(STATUS.replace("a2al_status", "none"), "Mcp-Session-Id", id))
                            .getFirst())
                    .contains("\"error\":{\"code\":-32602");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'method':'tools/call'",
                "'method':'tools/call','params':null",
                "'method':'tools/call','params':[]",
                "'method':'tools/call','params':7",
                "'method':'tools/call','params':{}",
                "'method':'tools/call','params':{'name':7}",
                "'method':'tools/call','params':{'name':'a2al_status','arguments':[]}",
                "'method':'tools/call','params':{'name':'a2al_status','arguments':'x'}",
                "'method':'completion/complete','params':{}"
            })
    void callsThatAreNotThoseOfTheProtocolAreErrors(String call) throws Exception {
        try (McpServing serving = new McpServing(routes(), LIMITS)) {
            String message = ("{'jsonrpc':'2.0','id':7," + call + "}").replace('\'', '"');
            assertThat(McpServing.data(serving.post(message, "Mcp-Session-Id", serving.initialize())))
                    .singleElement()
                    .asString()
                    .contains("\"id\":7", "\"error\":{\"code\":-32602");
        }
    }

    @Test
    void otherMethodsAreNamed() throws Exception {
        try (McpServing serving = new McpServing(routes(), LIMITS)) {
            HttpResponse<String> answer = serving.send(serving.request("/mcp").PUT(BodyPublishers.ofString("{}")));
            assertThat(answer.statusCode()).isEqualTo(405);
            assertThat(answer.headers().firstValue("Allow")).contains("DELETE, GET, POST");
        }
    }

    @Test
    void a09_deleteEndsASessionWithoutContentType() throws Exception {
        try (McpServing serving = new McpServing(routes(), LIMITS)) {
            String id = serving.initialize();
            HttpResponse<String> answer = serving.send(serving.request("/mcp", "Mcp-Session-Id", id, "Content-Type", "")
                    .DELETE());
            assertThat(answer.statusCode()).isEqualTo(204);
            assertThat(serving.post(STATUS, "Mcp-Session-Id", id).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void a09_anIdleSessionEnds() throws Exception {
        try (McpServing serving = new McpServing(routes(), LIMITS)) {
            String id = serving.initialize();
            serving.nanos.addAndGet(LIMITS.idle().toNanos());
            assertThat(serving.post(STATUS, "Mcp-Session-Id", id).statusCode()).isEqualTo(200);
            serving.nanos.addAndGet(LIMITS.idle().toNanos() + 1);
            assertThat(serving.post(STATUS, "Mcp-Session-Id", id).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void a09_atTheLimitTheSessionThatWasIdleForLongestEnds() throws Exception {
        try (McpServing serving = new McpServing(routes(), LIMITS)) {
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                serving.nanos.incrementAndGet();
                ids.add(serving.initialize());
            }
            assertThat(ids)
                    .extracting(id -> serving.post(STATUS, "Mcp-Session-Id", id).statusCode())
                    .containsExactly(404, 200, 200);
        }
    }

    @Test
    void a09_sessionsInUseAreNotEndedForOthers() throws Exception {
        try (McpServing serving = new McpServing(routes(), LIMITS)) {
            for (int i = 0; i < LIMITS.sessions(); i++) {
                serving.nanos.addAndGet(LIMITS.idle().toNanos() * 2);
                assertThat(listen(serving, serving.initialize()).statusCode()).isEqualTo(200);
            }
            assertThat(serving.post(McpServing.INITIALIZE).statusCode()).isEqualTo(503);
        }
    }

    private static HttpResponse<InputStream> listen(McpServing serving, String id) throws Exception {
        return resume(serving, id, "1_0");
    }

    private static HttpResponse<InputStream> resume(McpServing serving, String id, String lastEvent) throws Exception {
        return serving.http.send(
                serving.request("/mcp", "Mcp-Session-Id", id, "Last-Event-ID", lastEvent)
                        .build(),
                BodyHandlers.ofInputStream());
    }

    private static void assertListens(HttpResponse<InputStream> answer) throws Exception {
        try (InputStream stream = answer.body()) {
            assertThat(new String(stream.readNBytes(12))).isEqualTo(": \n\n".repeat(3));
        }
    }

    private static String initializeNewest(McpServing serving) throws Exception {
        return serving.post(McpServing.INITIALIZE.replace("2025-06-18", "2025-11-25"))
                .headers()
                .firstValue("Mcp-Session-Id")
                .orElseThrow();
    }

    // ---- resuming ---------------------------------------------------------------------------------------------

    /** The call goes on meanwhile, and its answer can be had more than once, for as long as it is kept. */
    @Test
    void anAnswerIsThereForAClientThatLostItsConnection() throws Exception {
        CountDownLatch lost = new CountDownLatch(1);
        Router.Builder routes = Router.builder().get("/status", _ -> {
            lost.await();
            return ApiResult.json(Json.object().put("late", true));
        });
        try (McpServing serving = new McpServing(routes, LIMITS)) {
            String id = initializeNewest(serving);
            String priming = "event: message\nid: 2_start\ndata: \n\n";
            try (InputStream answer = serving.http
                    .send(
                            serving.request("/mcp", "Mcp-Session-Id", id)
                                    .POST(BodyPublishers.ofString(STATUS))
                                    .build(),
                            BodyHandlers.ofInputStream())
                    .body()) {
                assertThat(new String(answer.readNBytes(priming.length()))).isEqualTo(priming);
                // It counts from the end of the connection.
                serving.nanos.addAndGet(LIMITS.resume().toNanos() + 1);
            }
            for (int i = 0; i < 2; i++) {
                HttpResponse<InputStream> resumed = resume(serving, id, "2_start");
                lost.countDown();
                assertThat(new String(resumed.body().readAllBytes()))
                        .contains("event: message\nid: 2_0\ndata: {", "\"id\":7", "\"late\":true");
            }
            serving.nanos.addAndGet(LIMITS.resume().toNanos() + 1);
            assertListens(resume(serving, id, "2_start"));
        }
    }

    @Test
    void theRestOfABatchIsThereAfterTheAnswerThatCame() throws Exception {
        try (McpServing serving = new McpServing(routes(), LIMITS)) {
            String id = serving.initialize();
            serving.post("[" + STATUS + "," + STATUS.replace("\"id\":7", "\"id\":8") + "]", "Mcp-Session-Id", id);

            assertThat(new String(resume(serving, id, "2_0").body().readAllBytes()))
                    .contains("id: 2_1\n", "\"id\":8")
                    .doesNotContain("id: 2_0\n", "\"id\":7");
        }
    }

    @Test
    void a09_fewAnswersAreKept() throws Exception {
        try (McpServing serving = new McpServing(routes(), LIMITS)) {
            String id = initializeNewest(serving);
            for (int i = 0; i <= LIMITS.resumable() + 1; i++) {
                serving.post(STATUS, "Mcp-Session-Id", id);
            }
            assertListens(resume(serving, id, "2_start"));
            assertThat(new String(resume(serving, id, "4_start").body().readAllBytes()))
                    .contains("id: 4_0\n");
        }
    }

    @Test
    void a09_answersWithKeysAreNotKept() throws Exception {
        Router.Builder routes = Router.builder()
                .post("/identity/generate", _ -> ApiResult.json(Json.object().put("key", "secret")));
        try (McpServing serving = new McpServing(routes, LIMITS)) {
            String id = initializeNewest(serving);
            String generate = STATUS.replace("a2al_status", "a2al_identity_generate");
            assertThat(serving.post(generate, "Mcp-Session-Id", id).body()).contains("secret");
            assertThat(new String(resume(serving, id, "2_start").body().readAllBytes()))
                    .matches("(: \n\n)+");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "2", "2_", "2_x", "_0", "99_0", "2_99999999999999999999", "99999999999999999999_0"})
    void whatIsNoIdOfAnAnswerOpensAStream(String lastEvent) throws Exception {
        try (McpServing serving = new McpServing(routes(), LIMITS)) {
            assertListens(resume(serving, serving.initialize(), lastEvent));
        }
    }

    // ---- order ------------------------------------------------------------------------------------------------

    @Test
    void callsThatChangeSomethingWaitForEachOtherAndOthersDoNot() throws Exception {
        List<String> done = new CopyOnWriteArrayList<>();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Router.Builder routes = routes().post("/agents/{aid}/publish", _ -> {
                    begun.countDown();
                    goOn.await();
                    done.add("publish");
                    return ApiResult.json(Json.object());
                })
                .delete("/agents/{aid}", _ -> {
                    done.add("delete");
                    return ApiResult.json(Json.object());
                });
        try (McpServing serving = new McpServing(routes, LIMITS)) {
            String id = serving.initialize();
            CompletableFuture<HttpResponse<String>> first = call(serving, id, "a2al_agent_publish");
            begun.await();
            CompletableFuture<HttpResponse<String>> second = call(serving, id, "a2al_agent_delete");
            for (int i = 0; i < 3; i++) {
                assertThat(serving.post(STATUS, "Mcp-Session-Id", id).body()).contains("network_ready");
            }
            goOn.countDown();
            assertThat(McpServing.data(first.get())).hasSize(1);
            assertThat(McpServing.data(second.get())).hasSize(1);
            assertThat(done).containsExactly("publish", "delete");
        }
    }

    private static CompletableFuture<HttpResponse<String>> call(McpServing serving, String id, String tool) {
        String body = STATUS.replace("a2al_status", tool).replace("{}", "{\"aid\":\"a0\"}");
        return serving.http.sendAsync(
                serving.request("/mcp", "Mcp-Session-Id", id)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    // ---- cancelling -------------------------------------------------------------------------------------------

    private static String cancellation(String params) {
        return "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\"" + params + "}";
    }

    private static String request(String id, String tool) {
        String arguments = tool.startsWith("a2al_agent_") ? "{\"aid\":\"a0\"}" : "{}";
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool
                + "\",\"arguments\":" + arguments + "}}";
    }

    private static CompletableFuture<HttpResponse<String>> send(McpServing serving, String id, String body) {
        return serving.http.sendAsync(
                serving.request("/mcp", "Mcp-Session-Id", id)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static void cancel(McpServing serving, String id, String params) throws Exception {
        assertThat(serving.post(cancellation(params), "Mcp-Session-Id", id).statusCode())
                .isEqualTo(202);
    }

    /** Actions that wait until they are interrupted, which they tell. */
    private static final class Endless {

        private final CountDownLatch begun = new CountDownLatch(1);
        private final AtomicInteger interrupted = new AtomicInteger();

        ApiResult answer() throws InterruptedException {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } finally {
                interrupted.incrementAndGet();
            }
            throw new AssertionError();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "\"2\"", "9007199254740993"})
    void aCancelledCallEndsWithoutAnswer(String number) throws Exception {
        Endless endless = new Endless();
        Router.Builder routes = McpServing.echoing("GET /agents").get("/status", _ -> endless.answer());
        try (McpServing serving = new McpServing(routes, McpLimits.DEFAULT)) {
            String id = serving.initialize();
            String other = serving.initialize();
            CompletableFuture<HttpResponse<String>> call = send(serving, id, request(number, "a2al_status"));
            endless.begun.await();
            for (String params : List.of(
                    "",
                    ",\"params\":[]",
                    ",\"params\":{}",
                    ",\"params\":{\"requestId\":null}",
                    ",\"params\":{\"requestId\":{}}",
                    ",\"params\":{\"requestId\":3}",
                    ",\"params\":{\"requestId\":\"status\"}")) {
                cancel(serving, id, params);
            }
            cancel(serving, other, ",\"params\":{\"requestId\":" + number + "}");
            assertThat(call).as("cancelled by none of these").isNotDone();

            cancel(serving, id, ",\"params\":{\"requestId\":" + number + ",\"reason\":\"not needed\"}");

            assertThat(McpServing.data(call.get())).isEmpty();
            assertThat(endless.interrupted).hasValue(1);
            cancel(serving, id, ",\"params\":{\"requestId\":" + number + "}");
            assertThat(McpServing.data(send(serving, id, request(number, "a2al_agents_list"))
                            .get()))
                    .as("the session goes on, and ids may come again")
                    .singleElement()
                    .asString()
                    .contains("\"isError\":false");
        }
    }

    /** The first one runs, the second one waits for its turn; the third one is not concerned. */
    @Test
    void callsOfABatchAreCancelledOneByOne() throws Exception {
        Endless endless = new Endless();
        List<String> asked = new CopyOnWriteArrayList<>();
        Router.Builder routes = Router.builder()
                .get("/status", _ -> endless.answer())
                .get("/agents", _ -> {
                    asked.add("agents");
                    return ApiResult.json(Json.object());
                })
                .get("/tunnel", _ -> {
                    asked.add("tunnel");
                    return ApiResult.json(Json.object());
                });
        try (McpServing serving = new McpServing(routes, LIMITS)) {
            String id = serving.initialize();
            CompletableFuture<HttpResponse<String>> batch = send(
                    serving,
                    id,
                    "[" + request("5", "a2al_status") + "," + request("6", "a2al_agents_list") + ","
                            + request("7", "a2al_tunnel_list") + "]");
            endless.begun.await();
            cancel(serving, id, ",\"params\":{\"requestId\":6}");
            cancel(serving, id, ",\"params\":{\"requestId\":5}");

            assertThat(McpServing.data(batch.get()))
                    .singleElement()
                    .asString()
                    .contains("\"id\":7", "\"isError\":false");
            assertThat(asked).containsExactly("tunnel");
        }
    }

    @Test
    void beyondTheLimitOfCallsARequestIsRefusedUntilOneHasEnded() throws Exception {
        Endless endless = new Endless();
        Router.Builder routes = McpServing.echoing("GET /agents").get("/status", _ -> endless.answer());
        try (McpServing serving = new McpServing(routes, LIMITS)) {
            String id = serving.initialize();
            String list = "a2al_agents_list";
            CompletableFuture<HttpResponse<String>> batch = send(
                    serving,
                    id,
                    "[" + request("5", "a2al_status") + "," + request("6", list) + "," + request("7", list) + "]");
            endless.begun.await();

            HttpResponse<String> refused =
                    serving.post("[" + request("8", list) + "," + request("9", list) + "]", "Mcp-Session-Id", id);
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.body()).contains("without answer: 4 is the limit; wait for answers, or cancel requests");
            assertThat(McpServing.data(serving.post(request("8", list), "Mcp-Session-Id", id)))
                    .as("the refused batch has left its room")
                    .hasSize(1);

            cancel(serving, id, ",\"params\":{\"requestId\":5}");
            assertThat(McpServing.data(batch.get())).hasSize(2);
            for (int i = 0; i < LIMITS.calls(); i++) {
                assertThat(McpServing.data(serving.post(
                                "[" + request("5", list) + "," + request("6", list) + "," + request("7", list) + "]",
                                "Mcp-Session-Id",
                                id)))
                        .hasSize(3);
            }
        }
    }

    @Test
    void aRefusedRequestDoesNotKeepItsSessionInUse() throws Exception {
        Endless endless = new Endless();
        Router.Builder routes = Router.builder().get("/status", _ -> endless.answer());
        McpLimits limits =
                new McpLimits(1, Duration.ofMinutes(1), Duration.ofMillis(20), 1, 1, 1, Duration.ofSeconds(30));
        try (McpServing serving = new McpServing(routes, limits)) {
            String id = serving.initialize();
            CompletableFuture<HttpResponse<String>> call = send(serving, id, request("5", "a2al_status"));
            endless.begun.await();
            assertThat(serving.post(request("6", "a2al_status"), "Mcp-Session-Id", id)
                            .statusCode())
                    .isEqualTo(429);
            cancel(serving, id, ",\"params\":{\"requestId\":5}");
            call.get();

            assertThat(serving.post(McpServing.INITIALIZE).statusCode())
                    .as("the session is idle, so that another takes its place")
                    .isEqualTo(200);
        }
    }

    @Test
    void aChangeThatWaitsForAnotherIsCancelled() throws Exception {
        List<String> done = new CopyOnWriteArrayList<>();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Router.Builder routes = routes().post("/agents/{aid}/publish", _ -> {
                    begun.countDown();
                    goOn.await();
                    done.add("publish");
                    return ApiResult.json(Json.object());
                })
                .delete("/agents/{aid}", _ -> {
                    done.add("delete");
                    return ApiResult.json(Json.object());
                });
        try (McpServing serving = new McpServing(routes, LIMITS)) {
            String id = serving.initialize();
            CompletableFuture<HttpResponse<String>> first = send(serving, id, request("5", "a2al_agent_publish"));
            begun.await();
            // Its stream begins when the call is known.
            try (InputStream second = serving.http
                    .send(
                            serving.request("/mcp", "Mcp-Session-Id", id)
                                    .POST(BodyPublishers.ofString(request("6", "a2al_agent_delete")))
                                    .build(),
                            BodyHandlers.ofInputStream())
                    .body()) {
                cancel(serving, id, ",\"params\":{\"requestId\":6}");
                assertThat(new String(second.readAllBytes())).doesNotContain("data:");
            }
            goOn.countDown();
            assertThat(McpServing.data(first.get())).hasSize(1);
            assertThat(done).containsExactly("publish");
        }
    }

    // ---- streams ----------------------------------------------------------------------------------------------

    @Test
    void aSecondStreamEndsTheFirst() throws Exception {
        try (McpServing serving = new McpServing(routes(), LIMITS)) {
            String id = serving.initialize();
            try (InputStream first = listen(serving, id).body();
                    InputStream second = listen(serving, id).body()) {
                assertThat(new String(first.readAllBytes())).matches("(: \n\n)+");
                assertThat(second.read()).isEqualTo(':');
            }
        }
    }

    @Test
    void aStreamNeedsASession() throws Exception {
        try (McpServing serving = new McpServing(routes(), LIMITS)) {
            assertThat(serving.send(serving.request("/mcp")).statusCode()).isEqualTo(400);
            assertThat(listen(serving, "none").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aCallThatTakesLongIsKeptAliveAndEndsWithItsClient() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        Router.Builder routes = Router.builder().get("/status", _ -> {
            try {
                new CountDownLatch(1).await();
            } finally {
                interrupted.countDown();
            }
            throw new AssertionError();
        });
        try (McpServing serving = new McpServing(routes, LIMITS)) {
            String id = serving.initialize();
            try (InputStream answer = serving.http
                    .send(
                            serving.request("/mcp", "Mcp-Session-Id", id)
                                    .POST(BodyPublishers.ofString(STATUS))
                                    .build(),
                            BodyHandlers.ofInputStream())
                    .body()) {
                assertThat(new String(answer.readNBytes(12))).isEqualTo(": \n\n".repeat(3));
            }
            interrupted.await();
        }
    }

    @Test
    void aDefectIsNotTold() throws Exception {
        Router.Builder routes = Router.builder().get("/status", _ -> {
            throw new IllegalStateException("secret");
        });
        try (McpServing serving = new McpServing(routes, LIMITS)) {
            assertThat(McpServing.data(serving.post(STATUS, "Mcp-Session-Id", serving.initialize()))
                            .getFirst())
                    .contains("\"isError\":true")
                    .doesNotContain("secret");
        }
    }
}
