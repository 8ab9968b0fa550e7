package io.a2al.app.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.a2al.app.Cli;
import io.a2al.app.LocalNetwork;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.NatType;
import io.a2al.protocol.record.TopicPayload;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands {@code ping}, {@code resolve} and {@code discover}. */
@Timeout(120)
class FindCommandsTest {

    private static final String ABSENT = "A056475aa75463474C0285df5Dbf2bcAB73Da65135";

    private static LocalNetwork network;
    private static String agent;

    @BeforeAll
    static void open() throws Exception {
        network = LocalNetwork.of(4);
        agent = network.get(1).address().toString();
        network.get(1)
                .publish(new EndpointPayload(
                        Optional.of(List.of("https://a.example/a2a", "quic://203.0.113.7:4121")),
                        NatType.SYMMETRIC.code(),
                        "wss://s.example",
                        List.of("turn://t.example"),
                        List.of("wss://s.example", "wss://t.example")));
        network.get(1)
                .publish(TopicPayload.of("ai/demo", "Babel", List.of("mcp", "a2a"), List.of("de"))
                        .withBrief("translates"));
        network.get(2).publish(TopicPayload.of("ai/demo", "Echo", List.of("http"), List.of("de", "fr")));
    }

    @AfterAll
    static void close() {
        network.close();
    }

    // ---- ping -------------------------------------------------------------------------------------------------

    @Test
    void pingSaysWhoAnswers() {
        Cli.Result result = Cli.run("ping", network.seed());

        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(result.value("address")).isEqualTo(network.get(0).address().toString());
        assertThat(result.value("node id")).isEqualTo(network.get(0).nodeId().toString());
        assertThat(result.value("sees us at")).matches("127\\.0\\.0\\.1:\\d+");
        assertThat(result.value("round trip")).matches("\\d+\\.\\d ms");
    }

    @Test
    void pingAnswersInJson() throws Exception {
        JsonNode json = Cli.run("ping", network.seed(), "--json").json();

        assertThat(json.get("answered").booleanValue()).isTrue();
        assertThat(json.get("address").textValue())
                .isEqualTo(network.get(0).address().toString());
        assertThat(json.get("node_id").textValue())
                .isEqualTo(network.get(0).nodeId().toString());
        assertThat(json.get("endpoint").textValue()).isEqualTo(network.seed());
        assertThat(json.get("observed").textValue()).matches("127\\.0\\.0\\.1:\\d+");
        assertThat(json.get("round_trip_ms").isNumber()).isTrue();
    }

    // ---- resolve ----------------------------------------------------------------------------------------------

    @Test
    void resolvePrintsTheEndpointRecord() {
        Cli.Result result = Cli.run("resolve", agent, "--bootstrap", network.seed());

        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(result.outLines())
                .contains(
                        "address  " + agent,
                        "endpoint  https://a.example/a2a",
                        "endpoint  quic://203.0.113.7:4121",
                        "nat  symmetric",
                        "signal  wss://s.example",
                        "signal  wss://t.example",
                        "turn  turn://t.example");
        assertThat(result.value("seq")).matches("\\d+");
        assertThat(result.value("age")).matches(".* s");
        assertThat(result.value("ttl left")).matches("\\d+ min \\d+ s");
        assertThat(result.value("lookup")).matches("asked \\d+, answered \\d+, hops \\d+, \\d+\\.\\d ms");
    }

    @ParameterizedTest
    @ValueSource(strings = {"first", "newest"})
    void resolveTakesAFreshness(String level) {
        Cli.Result result = Cli.run("resolve", agent, "--fresh", level, "--bootstrap", network.seed());

        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(result.value("lookup")).doesNotContain("incomplete");
    }

    /** There are four other nodes, which are no five. */
    @Test
    void resolveSaysThatAMajorityWasNotHeard() throws Exception {
        Cli.Result result = Cli.run("resolve", agent, "--fresh", "majority", "--bootstrap", network.seed());
        assertThat(result.exitCode()).isZero();
        assertThat(result.value("lookup")).endsWith(" ms, incomplete");
    }

    @Test
    void resolveNamesAFreshnessThatThereIsNot() {
        Cli.Result result = Cli.run("resolve", agent, "--fresh", "latest", "--bootstrap", network.seed());

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("--fresh: \"latest\"; choose first, newest or majority");
    }

    @Test
    void resolveAnswersInJson() throws Exception {
        JsonNode json = Cli.run("resolve", agent, "--bootstrap", network.seed(), "--json")
                .json();

        assertThat(json.get("found").booleanValue()).isTrue();
        assertThat(json.get("address").textValue()).isEqualTo(agent);
        assertThat(json.get("endpoints"))
                .extracting(JsonNode::textValue)
                .containsExactly("https://a.example/a2a", "quic://203.0.113.7:4121");
        assertThat(json.get("nat").textValue()).isEqualTo("symmetric");
        assertThat(json.get("signals"))
                .extracting(JsonNode::textValue)
                .containsExactly("wss://s.example", "wss://t.example");
        assertThat(json.get("turns")).extracting(JsonNode::textValue).containsExactly("turn://t.example");
        assertThat(json.get("seq").isIntegralNumber()).isTrue();
        assertThat(json.get("age_seconds").intValue()).isNotNegative();
        assertThat(json.get("age_seconds").intValue()
                        + json.get("ttl_left_seconds").intValue())
                .isEqualTo(3600);
        assertThat(json.at("/lookup/asked").intValue()).isPositive();
        assertThat(json.at("/lookup/answered").intValue()).isPositive();
        assertThat(json.at("/lookup/hops").isInt()).isTrue();
        assertThat(json.at("/lookup/elapsed_ms").isNumber()).isTrue();
        assertThat(json.at("/lookup/complete").booleanValue()).isTrue();
    }

    @Test
    void anAgentThatDidNotPublishIsNotFound() throws Exception {
        Cli.Result result = Cli.run("resolve", ABSENT, "--bootstrap", network.seed());
        Cli.Result json = Cli.run("resolve", ABSENT, "--bootstrap", network.seed(), "--json");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .matches("no endpoint record of " + ABSENT
                        + " found \\(asked \\d+, answered \\d+, .*\\); has the agent published one\\?\\R");
        assertThat(json.exitCode()).isEqualTo(1);
        assertThat(json.json().get("found").booleanValue()).isFalse();
        assertThat(json.json().at("/lookup/answered").intValue()).isPositive();
    }

    // ---- discover ---------------------------------------------------------------------------------------------

    @Test
    void discoverListsTheEntries() {
        Cli.Result result = Cli.run("discover", "ai/demo", "--bootstrap", network.seed());

        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(result.outLines())
                .containsSequence(agent + "  Babel", "  protocols  mcp, a2a", "  tags  de", "  brief  translates")
                .containsSequence(network.get(2).address() + "  Echo", "  protocols  http", "  tags  de, fr");
    }

    @Test
    void discoverFiltersAndAnswersInJson() throws Exception {
        JsonNode both = Cli.run("discover", "ai/demo", "--bootstrap", network.seed(), "--tag", "de", "--json")
                .json();
        JsonNode one = Cli.run(
                        "discover",
                        "ai/demo",
                        "--bootstrap",
                        network.seed(),
                        "--protocol",
                        "mcp",
                        "--protocol",
                        "x",
                        "--json")
                .json();

        assertThat(both.get("topic").textValue()).isEqualTo("ai/demo");
        assertThat(both.get("entries"))
                .extracting(entry -> entry.get("name").textValue())
                .containsExactlyInAnyOrder("Babel", "Echo");
        assertThat(one.get("entries")).singleElement().satisfies(entry -> {
            assertThat(entry.get("address").textValue()).isEqualTo(agent);
            assertThat(entry.get("protocols")).extracting(JsonNode::textValue).containsExactly("mcp", "a2a");
            assertThat(entry.get("tags")).extracting(JsonNode::textValue).containsExactly("de");
            assertThat(entry.get("brief").textValue()).isEqualTo("translates");
            assertThat(entry.get("seq").isIntegralNumber()).isTrue();
        });
    }

    @Test
    void aTopicWithoutEntriesIsNotFound() throws Exception {
        Cli.Result none = Cli.run("discover", "ai/none", "--bootstrap", network.seed());
        Cli.Result filtered = Cli.run("discover", "ai/demo", "--bootstrap", network.seed(), "--tag", "it", "--json");

        assertThat(none.exitCode()).isEqualTo(1);
        assertThat(none.out()).isEmpty();
        assertThat(none.err()).matches("no entry found under topic \"ai/none\" \\(asked .*\\)\\R");
        assertThat(filtered.exitCode()).isEqualTo(1);
        assertThat(filtered.json().get("entries").isEmpty()).isTrue();
        assertThat(filtered.err())
                .matches("no entry with these tags and protocols found under topic \"ai/demo\" \\(asked .*\\)\\R");
    }
}
