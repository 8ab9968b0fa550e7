package io.a2al.http.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.a2al.http.route.ApiRequest;
import io.a2al.http.route.ApiResult;
import io.a2al.http.route.Router;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.record.AgentProfilePayload;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.RecordPayload;
import io.a2al.protocol.record.RecordSigner;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InspectResourceTest {

    private static final long NOW = 1_700_000_000;
    private static final long SEQUENCE = 1_700_000_000_000_000_001L;

    private final Router router;

    InspectResourceTest() {
        Router.Builder routes = Router.builder();
        new InspectResource(() -> NOW).addTo(routes);
        router = routes.build();
    }

    private ApiResult post(String body) throws InterruptedException {
        return router.answer(new ApiRequest(
                "POST", "/v1/inspect", Map.of(), Map.of(), "", Bytes.copyOf(body.getBytes(StandardCharsets.UTF_8))));
    }

    private static JsonNode json(ApiResult result) throws Exception {
        return new ObjectMapper().readTree(((ApiResult.Body.Whole) result.body()).text());
    }

    private static byte[] record() throws Exception {
        return record(EndpointPayload.of(List.of("https://a.example"))).toArray();
    }

    private static Bytes record(RecordPayload payload) throws Exception {
        return RecordSigner.self(Identity.ofSeed(new byte[32]).newSigner())
                .sign(payload, SEQUENCE, NOW, 3600)
                .encoded();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hex", "base64"})
    void aRecordIsExplainedWithItsLayout(String encoding) throws Exception {
        byte[] record = record();
        String data = encoding.equals("hex")
                ? Bytes.copyOf(record).toHex()
                : Base64.getEncoder().encodeToString(record);
        ApiResult result = post("{\"data\":\"" + data + "\",\"encoding\":\"" + encoding + "\"}");
        assertThat(result.status()).isEqualTo(200);
        JsonNode json = json(result);
        assertThat(json.get("sound").booleanValue()).isTrue();
        assertThat(json.get("record").get("signature").asText()).isEqualTo("holds");
        assertThat(json.get("record").get("seq").longValue()).isEqualTo(SEQUENCE);
        assertThat(json.get("record").get("seq_text").asText()).isEqualTo(Long.toString(SEQUENCE));
        assertThat(json.get("record").has("ttl_text")).as("exact anyway").isFalse();
        assertThat(json.get("layout").get(0).toString())
                .isEqualTo("{\"path\":\"\",\"type\":\"map\",\"from\":0,\"to\":" + record.length + "}");
    }

    @Test
    void theFieldsOfAProfileHaveNames() throws Exception {
        AgentProfilePayload profile = AgentProfilePayload.of("Babel", List.of("mcp"), List.of("translation"));
        JsonNode record =
                json(post("{\"data\":\"" + record(profile).toHex() + "\"}")).get("record");
        assertThat(record.get("type").asText()).isEqualTo("0x02 agent profile");
        assertThat(record.get("payload").get("name").asText()).isEqualTo("Babel");
        assertThat(record.get("payload").get("protocols").get(0).asText()).isEqualTo("mcp");
        assertThat(record.get("payload").get("skills").get(0).asText()).isEqualTo("translation");
    }

    @Test
    void aBrokenSignatureIsNamedWithItsBytes() throws Exception {
        byte[] record = record();
        record[record.length - 1] ^= 1;
        JsonNode json = json(post("{\"data\":\"" + Bytes.copyOf(record).toHex() + "\"}"));
        assertThat(json.get("sound").booleanValue()).isFalse();
        assertThat(json.get("problems").get(0).get("byte").intValue()).isEqualTo(record.length - 64);
    }

    @ParameterizedTest
    @CsvSource({"zz, hex", "abc, hex", "'', hex", "!, base64", "00, other"})
    void whatIsNoDataIsRefused(String data, String encoding) throws Exception {
        assertThat(post("{\"data\":\"" + data + "\",\"encoding\":\"" + encoding + "\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void moreThanADatagramIsRefused() throws Exception {
        assertThat(post("{\"data\":\"" + "00".repeat(1 << 16) + "\"}").status()).isEqualTo(200);
        assertThat(post("{\"data\":\"" + "00".repeat((1 << 16) + 1) + "\"}").status())
                .isEqualTo(400);
    }
}
