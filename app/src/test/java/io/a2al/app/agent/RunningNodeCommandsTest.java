package io.a2al.app.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import io.a2al.app.Cli;
import io.a2al.app.LocalNetwork;
import io.a2al.app.Main;
import io.a2al.app.RunningCommand;
import io.a2al.protocol.id.Address;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands beside a node that runs: they use it, and tell the same as by a node of their own. */
@Timeout(120)
class RunningNodeCommandsTest {

    private static final String ABSENT = "A056475aa75463474C0285df5Dbf2bcAB73Da65135";

    @TempDir
    private static Path home;

    @TempDir
    private Path other;

    private static LocalNetwork network;
    private static RunningCommand node;
    private static String address;

    @BeforeAll
    static void open() throws Exception {
        network = LocalNetwork.of(2);
        node = RunningCommand.start(
                "node",
                "--listen",
                "127.0.0.1:0",
                "--data",
                home.toString(),
                "--api",
                "127.0.0.1:0",
                "--api-token-always",
                "--bootstrap",
                network.seed());
        address = node.awaitValue("address");
        awaitApi(node.awaitValue("api"));
        Cli.Result published = here(
                "publish",
                "--endpoint",
                "https://a.example/a2a",
                "--nat",
                "symmetric",
                "--topic",
                "ai/demo",
                "--name",
                "Babel",
                "--protocol",
                "mcp",
                "--tag",
                "de",
                "--brief",
                "translates");
        assertThat(published.err()).doesNotContain("no other node");
        assertThat(published.exitCode()).isZero();
    }

    @AfterAll
    static void close() {
        node.close();
        network.close();
    }

    /** The connection waits until the server is there. The file with the URL is written a moment later. */
    private static void awaitApi(String url) throws Exception {
        try (var page = URI.create(url + "/v1/livez").toURL().openStream()) {
            assertThat(page.readAllBytes()).isNotEmpty();
        }
        while (!Files.exists(home.resolve("api"))) {
            Thread.onSpinWait();
        }
    }

    private static Cli.Result here(String... args) {
        return Cli.runIn(Map.of("A2AL_HOME", home.toString()), args);
    }

    private static Cli.Result alone(String... args) {
        return Cli.run(Stream.concat(Stream.of(args), Stream.of("--bootstrap", network.seed()))
                .toArray(String[]::new));
    }

    /** Names and types of all members, which may be nested. */
    private static Map<String, JsonNodeType> form(JsonNode json) {
        Map<String, JsonNodeType> form = new TreeMap<>();
        collect(form, "", json);
        return form;
    }

    private static void collect(Map<String, JsonNodeType> form, String path, JsonNode json) {
        form.put(path, json.getNodeType());
        json.properties().forEach(member -> collect(form, path + "/" + member.getKey(), member.getValue()));
        if (json.isArray() && !json.isEmpty()) {
            collect(form, path + "[]", json.get(0));
        }
    }

    private static List<String> labels(Cli.Result result) {
        return result.outLines().stream()
                .map(line -> line.replaceFirst("(?<=\\S)  .*", ""))
                .toList();
    }

    private static void assertSame(String... args) throws Exception {
        Cli.Result here = here(args);
        Cli.Result alone = alone(args);
        assertThat(here.err()).isEqualTo(alone.err());
        assertThat(here.exitCode()).isEqualTo(alone.exitCode());
        assertThat(labels(here)).isEqualTo(labels(alone));
        String[] json = Stream.concat(Stream.of(args), Stream.of("--json")).toArray(String[]::new);
        assertThat(form(here(json).json())).isEqualTo(form(alone(json).json()));
    }

    @Test
    void resolveTellsTheSame() throws Exception {
        assertSame("resolve", address);
        assertSame("resolve", address, "--fresh", "first");
        assertThat(here("resolve", address).outLines()).contains("endpoint  https://a.example/a2a", "nat  symmetric");
    }

    @Test
    void discoverTellsTheSame() throws Exception {
        assertSame("discover", "ai/demo", "--protocol", "mcp", "--tag", "de");
        assertThat(here("discover", "ai/demo").outLines())
                .contains(address + "  Babel", "  protocols  mcp", "  brief  translates");
    }

    @Test
    void whatIsNotThereIsNotFoundEitherWay() throws Exception {
        for (String[] command : new String[][] {
            {"resolve", ABSENT, "--json"},
            {"discover", "ai/none", "--json"},
            {"mail", "send", ABSENT, "--text", "x", "--json"}
        }) {
            Cli.Result here = here(command);
            Cli.Result alone = alone(command);
            assertThat(here.exitCode()).isEqualTo(1).isEqualTo(alone.exitCode());
            assertThat(here.json().get("exit_code").intValue()).isEqualTo(1);
            assertThat(form(here.json())).isEqualTo(form(alone.json()));
        }
    }

    @Test
    void pingIsByTheRunningNode() throws Exception {
        Cli.Result here = here("ping", network.seed(), "--json");
        assertThat(form(here.json()))
                .isEqualTo(form(Cli.run("ping", network.seed(), "--json").json()));
        String listening = here.json().get("observed").textValue();
        assertThat(here("status", "--json").json().get("listen").textValue()).isEqualTo(listening);
    }

    @Test
    void theRunningNodeCanBePinged() throws Exception {
        String listening = here("status", "--json").json().get("listen").textValue();

        JsonNode itself = here("ping", listening, "--json").json();
        assertThat(itself.get("address").textValue()).isEqualTo(address);
        assertThat(itself.get("observed").textValue()).isNotEqualTo(listening);
    }

    @Test
    void mailGoesFromAndToTheAgentOfTheRunningNode() throws Exception {
        Cli.Result sent = here("mail", "send", address, "--text", "hello", "--json");
        assertThat(sent.json().get("from").textValue()).isEqualTo(address);
        assertThat(sent.json().get("bytes").intValue()).isEqualTo(5);
        assertThat(form(sent.json()))
                .isEqualTo(form(alone("mail", "send", address, "--text", "hello", "--json")
                        .json()));

        Cli.Result read = here("mail", "read");
        assertThat(read.outLines()).startsWith("mail for  " + address).contains("  text  hello", "from  " + address);
        assertThat(here("mail", "read", "--json").json().get("mail")).isNotEmpty();
        assertThat(here("mail", "read", "--unread", "--json").json().get("mail"))
                .isNotEmpty();
        assertThat(here("mail", "read", "--unread").outLines()).contains("none");
        assertThat(here("mail", "send", address, "--text", "later").exitCode()).isZero();
        assertThat(here("mail", "read", "--unread").outLines())
                .contains("  text  later")
                .doesNotContain("  text  hello");
        assertThat(here("mail", "read").outLines()).contains("  text  later", "  text  hello");
        assertThat(here("mail", "send", address, "--text", "x".repeat(1000)).exitCode())
                .isEqualTo(2);
    }

    @Test
    void whatIsPublishedIsListedAndEnded() throws Exception {
        Cli.Result published = here("publish", "--topic", "ai/other", "--keep", "--json");
        assertThat(form(published.json()))
                .isEqualTo(
                        form(alone("publish", "--topic", "ai/other", "--json").json()));
        assertThat(published.json().get("address").textValue()).isEqualTo(address);
        assertThat(published.json().get("kept_over_restarts").booleanValue()).isTrue();

        assertThat(here("publications", "list").outLines())
                .anySatisfy(line -> assertThat(line).startsWith("topic  ai/other  address " + address));
        assertThat(here("publications", "end", "--topic", "ai/other", "--json")
                        .json()
                        .get("ended")
                        .intValue())
                .isEqualTo(1);
        assertThat(here("publications", "end", "--topic", "ai/other").exitCode())
                .isEqualTo(1);
    }

    @Test
    void anotherIdentityPublishesByANodeOfItsOwnThatJoinsThroughTheRunningOne() throws Exception {
        Cli.Result published =
                here("publish", "--data", other.toString(), "--endpoint", "https://b.example/a2a", "--json");

        assertThat(published.exitCode()).isZero();
        String agent = published.json().get("address").textValue();
        assertThat(agent).isNotEqualTo(address);
        assertThat(Address.parse(agent)).isNotNull();
        assertThat(here("resolve", agent).exitCode()).isZero();
    }

    @Test
    void aWayOnTheCommandLineGoesBeforeTheRunningNode() {
        Cli.Result published = here("publish", "--topic", "ai/alone", "--bootstrap", network.seed());

        assertThat(published.value("address")).isNotEqualTo(address);
    }

    @Test
    void theRunningNodeShowsItself() throws Exception {
        assertThat(here("status").value("address")).isEqualTo(address);
        assertThat(here("status", "--json").json().get("joined").booleanValue()).isTrue();
        assertThat(here("peers").outLines())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line)
                        .matches("[0-9a-f]{16}  127\\.0\\.0\\.1:\\d+ +good .* ms")
                        .hasSizeLessThanOrEqualTo(80));
        assertThat(here("peers", "--limit", "1", "--json").json().get("peers")).hasSize(1);
    }

    @Test
    void theEnvironmentNamesTheNodeInPlaceOfTheDirectory() throws Exception {
        Map<String, String> named = Map.of(
                "A2AL_HOME",
                other.toString(),
                "A2AL_API",
                Files.readString(home.resolve("api")).strip(),
                "A2AL_TOKEN",
                Files.readString(home.resolve("api.token")).strip());
        assertThat(Cli.runIn(named, "resolve", address).exitCode()).isZero();

        Map<String, String> tokenless = new TreeMap<>(named);
        tokenless.remove("A2AL_TOKEN");
        Cli.Result refused = Cli.runIn(tokenless, "resolve", address);
        assertThat(refused.exitCode()).isEqualTo(4);
        assertThat(refused.err()).contains("A2AL_TOKEN");
    }

    @Test
    void contactsThatWereSavedAreAWayIn() throws Exception {
        Files.writeString(other.resolve("contacts"), "{\"peers\":[\"" + network.seed() + "\"]}");

        assertThat(Cli.run("resolve", address, "--data", other.toString()).exitCode())
                .isZero();
    }

    @Test
    void aFileThatAKilledNodeLeftIsPassedOver() throws Exception {
        Files.writeString(other.resolve("api"), "http://127.0.0.1:1");
        Files.writeString(other.resolve("contacts"), "{\"peers\":[\"" + network.seed() + "\"]}");

        assertThat(Cli.run("resolve", address, "--data", other.toString()).exitCode())
                .isZero();
    }

    @Test
    void theNameOfThePublicNetworkIsAskedOnlyIfItIsChosen() {
        List<String> asked = new CopyOnWriteArrayList<>();
        int exitCode = Cli.inside(
                        Cli.NOWHERE,
                        name -> {
                            asked.add(name);
                            return List.of(network.seed());
                        },
                        () -> Cli.execute(
                                Main.commandLine(InputStream.nullInputStream(), "resolve"),
                                "resolve",
                                address,
                                "--network",
                                "public"))
                .exitCode();

        assertThat(exitCode).isZero();
        assertThat(asked).containsExactly("_a2al-bootstrap.a2al.org");
        assertThat(Cli.run("resolve", address, "--network", "private").exitCode())
                .isEqualTo(2);
        assertThat(Cli.run("resolve", address, "--network", "secret").err())
                .startsWith("no such network: \"secret\"; choose public, private or none");
    }
}
