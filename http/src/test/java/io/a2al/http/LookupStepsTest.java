package io.a2al.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.TopicPayload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The steps of lookups, as {@code /v1/lookups} tells them. */
@Timeout(120)
class LookupStepsTest {

    private ServedNetwork network;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException, InterruptedException {
        network = new ServedNetwork(3, directory);
    }

    @AfterEach
    void stop() {
        network.close();
    }

    private PlainRequest.Answer post(String accept, String body) throws IOException {
        return network.ask("POST", "/v1/lookups", accept, body);
    }

    private JsonNode lookUp(String body) throws IOException {
        PlainRequest.Answer answer = post("application/json", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body());
    }

    @Test
    void aResolveTellsItsStepsAndItsResult() throws Exception {
        network.get(1).publish(EndpointPayload.of(List.of("https://a.example")));
        JsonNode json = lookUp("{\"address\":\"" + network.get(1).address() + "\",\"freshness\":\"majority\"}");
        assertThat(json.get("kind").asText()).isEqualTo("resolve");
        assertThat(json.get("result").get("found").booleanValue()).isTrue();
        assertThat(json.get("result").get("endpoints").get(0).asText()).isEqualTo("https://a.example");
        assertThat(json.get("report").get("asked").intValue()).isPositive();
        JsonNode steps = json.get("steps");
        assertThat(steps.get(0).get("step").asText()).isEqualTo("asked");
        assertThat(steps.get(0).get("shared_bits").isInt()).isTrue();
        assertThat(steps).anySatisfy(step -> {
            assertThat(step.get("step").asText()).isEqualTo("answered");
            assertThat(step.get("records").get(0).get("seq_text").isTextual()).isTrue();
        });
    }

    @Test
    void whatIsNotFoundIsAResultWithSteps() throws Exception {
        JsonNode json = lookUp("{\"address\":\"" + network.get(0).address() + "\"}");
        assertThat(json.get("result").toString()).isEqualTo("{\"found\":false}");
        assertThat(json.get("steps")).isNotEmpty();
    }

    @Test
    void topicsAndNodesAreFound() throws Exception {
        network.get(1).publish(TopicPayload.of("ai", "Babel", List.of(), List.of()));
        assertThat(lookUp("{\"topic\":\"ai\"}").get("result").get("entries")).hasSize(1);
        String key = network.get(0).nodeId().toHex();
        assertThat(lookUp("{\"key\":\"" + key + "\",\"kind\":\"find_node\"}")
                        .get("result")
                        .get("nodes")
                        .get(0)
                        .get("node_id")
                        .asText())
                .isEqualTo(key);
    }

    @Test
    void stepsAreStreamedBeforeTheResult() throws Exception {
        PlainRequest.Answer answer =
                post("text/event-stream", "{\"address\":\"" + network.get(0).address() + "\"}");
        assertThat(answer.status()).isEqualTo(200);
        List<String> types = answer.body()
                .lines()
                .filter(line -> line.startsWith("event: "))
                .map(line -> line.substring(7))
                .toList();
        assertThat(types).endsWith("result").containsOnlyOnce("result").contains("step");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"address\":\"x\"}",
                "{\"topic\":\"\"}",
                "{\"topic\":\"a\",\"key\":\"00\"}",
                "{\"topic\":\"a\",\"kind\":\"other\"}",
                "{\"topic\":\"a\",\"freshness\":\"never\"}",
                "{\"topic\":\"a\",\"timeout_ms\":60001}"
            })
    void whatMakesNoSenseIsRefused(String body) throws Exception {
        assertThat(post("text/event-stream", body).status()).isEqualTo(400);
    }
}
