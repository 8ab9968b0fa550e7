package io.a2al.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.app.Cli;
import io.a2al.app.StubNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands {@code status}, {@code peers} and {@code events}. */
@Timeout(60)
class RunningCommandsTest {

    private StubNode node;

    @BeforeEach
    void open() throws Exception {
        node = new StubNode();
    }

    @AfterEach
    void close() {
        node.close();
    }

    private static String status(boolean joined, boolean suspected) {
        return "{\"address\":\"A1\",\"node_id\":\"ab\",\"agent\":\"A2\",\"listen\":\"127.0.0.1:4121\","
                + "\"version\":\"1\","
                + "\"uptime_seconds\":61,\"joined\":" + joined + ",\"peers\":3,\"network_size\":9,"
                + "\"connectivity_suspected\":" + suspected + ",\"keys\":2,\"records\":5,\"publications\":1,"
                + "\"requests_received\":7}";
    }

    @Test
    void statusTellsHowTheNodeIs() throws Exception {
        node.answer("GET /v1/status", 200, status(true, false));

        assertThat(node.run("status").outLines())
                .contains(
                        "agent  A2",
                        "running for  1 min 1 s",
                        "peers  3",
                        "network  about 9 nodes",
                        "records  5 at 2 keys");
        assertThat(node.runJson("status").json().get("requests_received").intValue())
                .isEqualTo(7);
        node.answer("GET /v1/status", 200, status(false, false));
        assertThat(node.run("status").value("peers")).startsWith("none yet; join with");
        node.answer("GET /v1/status", 200, status(true, true));
        assertThat(node.run("status").value("peers")).startsWith("3, none of which answers");
    }

    @Test
    void peersOfAllPagesAreListedUpToTheLimit() throws Exception {
        String peer = "{\"node_id\":\"" + "ab".repeat(32) + "\",\"endpoint\":\"[2001:db8:1:2:3:4:5:6]:65535\","
                + "\"health\":\"alive\",\"round_trip_ms\":12.34}";
        node.answer("GET /v1/peers?limit=1000", 200, "{\"peers\":[" + peer + "],\"next\":\"abab\"}");
        node.answer("GET /v1/peers?limit=999&after=abab", 404, "{}");
        node.answer("GET /v1/peers?limit=1000&after=abab", 200, "{\"peers\":[" + peer + "],\"next\":null}");
        node.answer("GET /v1/peers?limit=1", 200, "{\"peers\":[" + peer + "],\"next\":\"abab\"}");

        Cli.Result all = node.run("peers");
        assertThat(all.outLines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(all.out()).contains("[2001:db8:1:2:3:4:5:6]:65535", "alive", "12.3 ms");
        assertThat(node.runJson("peers", "--limit", "1").json().get("peers")).hasSize(1);
        node.answer("GET /v1/peers?limit=1000", 200, "{\"peers\":[],\"next\":null}");
        assertThat(node.run("peers").out()).startsWith("none yet");
        assertThat(node.runJson("peers", "--limit", "0").json().get("exit_code").intValue())
                .isEqualTo(2);
    }

    private static final String EVENTS =
            ":\n\nid: 4\nevent: mail\ndata: {\"from\":\"A1\"}\n\nid: 5\nevent: joined\ndata: {\"peers\":3}\n\n";

    @Test
    void eventsArePrintedAsTheyCome() throws Exception {
        node.answer("GET /v1/events?types=mail%2Cjoined", 200, EVENTS);

        Cli.Result text = node.run("events", "--type", "mail", "--type", "joined", "--count", "2");
        assertThat(text.exitCode()).isZero();
        assertThat(text.outLines())
                .satisfiesExactly(
                        line -> assertThat(line).matches("\\d\\d:\\d\\d(:\\d\\d)?  mail  \\{\"from\":\"A1\"}"),
                        line -> assertThat(line).endsWith("  joined  {\"peers\":3}"));
        assertThat(node.runJson("events", "--type", "mail,joined", "--count", "1")
                        .json()
                        .toString())
                .isEqualTo("{\"event\":\"mail\",\"id\":\"4\",\"data\":{\"from\":\"A1\"}}");
    }

    @Test
    void theEndOfTheStreamIsSaid() {
        node.answer("GET /v1/events", 200, EVENTS);
        Cli.Result result = node.run("events");

        assertThat(result.outLines()).hasSize(2);
        assertThat(result.err()).startsWith("the node has closed the stream; is it running?");
        assertThat(result.exitCode()).isEqualTo(3);
    }

    @Test
    void typesThatTheNodeDoesNotKnowAreWrongUse() throws Exception {
        node.answer("GET /v1/events?types=x", 400, "{\"error\":\"types: x is not known\"}");

        assertThat(node.runJson("events", "--type", "x").json().toString())
                .isEqualTo("{\"error\":\"types: x is not known\",\"exit_code\":2}");
        assertThat(node.run("events", "--count", "0").exitCode()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "peers", "events", "agents list"})
    void withoutANodeThatRunsThereIsNoNetwork(String command) throws Exception {
        Cli.Result result = Cli.run((command + " --json").split(" "));

        assertThat(result.json().get("error").textValue()).startsWith("no node runs here; start one with a2al node");
        assertThat(result.exitCode()).isEqualTo(3);
    }
}
