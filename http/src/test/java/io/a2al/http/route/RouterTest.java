package io.a2al.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.dht.result.NodeClosedException;
import io.a2al.dht.result.RefusedException;
import io.a2al.dht.result.TooManyLookupsException;
import io.a2al.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTest {

    private static ApiResult say(String text) {
        return ApiResult.text("text/plain", text);
    }

    private final Router router = Router.builder()
            .get("/a/{x}", request -> say("x=" + request.parameter("x")))
            .get("/a/fixed", _ -> say("fixed"), "n")
            .delete("/a/{x}", request -> say("deleted " + request.parameter("x")))
            .post("/a", request -> say(request.fields(Set.of("text")).requiredText("text")))
            .get("/rest/{all*}", request -> say("all=" + request.parameter("all")))
            .get(
                    "/number",
                    request ->
                            say(String.valueOf(request.queryInteger("n", 1, 9).orElse(0))),
                    "n")
            .get("/refused", _ -> {
                throw new RefusedException("full");
            })
            .get("/busy", _ -> {
                throw new TooManyLookupsException("too many lookups");
            })
            .legacy("GET", "/resolve/busy", _ -> {
                throw new TooManyLookupsException("too many lookups");
            })
            .get("/closed", _ -> {
                throw new NodeClosedException();
            })
            .build();

    private ApiResult ask(String method, String path, Map<String, List<String>> query, String body)
            throws InterruptedException {
        return router.answer(
                new ApiRequest(method, path, Map.of(), query, "", Bytes.copyOf(body.getBytes(StandardCharsets.UTF_8))));
    }

    private static String text(ApiResult result) {
        return ((ApiResult.Body.Whole) result.body()).text();
    }

    @Test
    void aBodyThatLooksLikeUtf32ButIsNotIsNoDefect() throws Exception {
        Bytes body = Bytes.fromHex("000000097b226461");
        ApiResult result = router.answer(new ApiRequest("POST", "/a", Map.of(), Map.of(), "", body));
        assertThat(result.status()).isEqualTo(400);
        assertThat(text(result)).contains("body: not JSON in UTF-8; send");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/busy", "/resolve/busy"})
    void lookupsThatGetNoTurnMayBeRepeated(String path) throws Exception {
        ApiResult result = ask("GET", path, Map.of(), "");
        assertThat(result.status()).isEqualTo(429);
        assertThat(result.headers()).containsEntry("Retry-After", "1");
        assertThat(text(result)).contains("too_many", "too many lookups");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /a/1, x=1",
        "HEAD, /a/1, x=1",
        "GET, /a/fixed, fixed",
        "DELETE, /a/fixed, deleted fixed",
        "GET, /rest/b/c, all=b/c",
        "GET, /rest/b/, all=b/"
    })
    void theActionOfMethodAndPathAnswers(String method, String path, String answer) throws InterruptedException {
        assertThat(text(ask(method, path, Map.of(), ""))).isEqualTo(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/b", "/a/", "/a/1/", "/a/1/2", "/rest", "/rest/", "/A/1", ""})
    void anotherPathIsNotFound(String path) throws InterruptedException {
        ApiResult result = ask("GET", path, Map.of(), "");
        assertThat(result.status()).isEqualTo(404);
        assertThat(text(result)).contains("\"code\":\"not_found\",\"status\":404");
    }

    @Test
    void anotherMethodIsToldTheMethodsOfThePath() throws InterruptedException {
        ApiResult result = ask("PUT", "/a/1", Map.of(), "");
        assertThat(result.status()).isEqualTo(405);
        assertThat(result.headers()).containsEntry("Allow", "DELETE, GET, HEAD");
    }

    @Test
    void whatTheNodeRefusesIsAFailureOfItsOwnKind() throws InterruptedException {
        assertThat(ask("GET", "/refused", Map.of(), "").status()).isEqualTo(422);
        assertThat(ask("GET", "/closed", Map.of(), "").status()).isEqualTo(503);
    }

    @Test
    void anUnknownParameterOfTheQueryIsNamed() throws InterruptedException {
        ApiResult result = ask("GET", "/number", Map.of("m", List.of("1")), "");
        assertThat(result.status()).isEqualTo(400);
        assertThat(text(result)).contains("m: not known in the query; choose from n");
    }

    @ParameterizedTest
    @CsvSource({"1, 200", "9, 200", "0, 400", "10, 400", "x, 400", "'', 400", "99999999999, 400"})
    void anIntegerIsWithinItsBounds(String value, int status) throws InterruptedException {
        assertThat(ask("GET", "/number", Map.of("n", List.of(value)), "").status())
                .isEqualTo(status);
    }

    @Test
    void aParameterIsGivenOnce() throws InterruptedException {
        assertThat(text(ask("GET", "/number", Map.of("n", List.of("1", "2")), "")))
                .contains("n: given 2 times");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"text\":\"yes\"} | yes",
                "{\"text\":null} | text: missing",
                "{} | text: missing",
                "{\"text\":1} | text: must be a text",
                "{\"Text\":\"yes\"} | Text: not known; choose from text",
                "{\"text\":\"a\",\"text\":\"b\"} | not JSON at line 1",
                "{\"text\":\"a\"} x | not JSON at line 1",
                "[] | no JSON object",
                "'' | no JSON object",
                "{ | not JSON at line 1"
            })
    void bodiesAreReadStrictly(String body, String answer) throws InterruptedException {
        assertThat(text(ask("POST", "/a", Map.of(), body))).contains(answer);
    }

    @Test
    void deepNestingIsRefused() throws InterruptedException {
        String deep = "{\"text\":" + "[".repeat(100) + "]".repeat(100) + "}";
        assertThat(ask("POST", "/a", Map.of(), deep).status()).isEqualTo(400);
    }

    @Test
    void unsignedNumbersAreExactAndThereAsText() {
        var json = Json.object();
        Json.putUnsigned(json, "seq", -1L);
        assertThat(json.toString()).isEqualTo("{\"seq\":18446744073709551615,\"seq_text\":\"18446744073709551615\"}");
    }
}
