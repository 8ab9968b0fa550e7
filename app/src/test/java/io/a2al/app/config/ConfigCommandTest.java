package io.a2al.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.a2al.app.Cli;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of options from the file and the environment, and {@code a2al config show}. */
@Timeout(60)
class ConfigCommandTest {

    @TempDir
    private Path home;

    private final Map<String, String> environment = new HashMap<>();

    private Cli.Result run(String... args) {
        environment.put("A2AL_HOME", home.toString());
        return Cli.runIn(environment, args);
    }

    private void file(String... lines) throws Exception {
        Files.writeString(home.resolve("a2al.toml"), String.join("\n", lines) + "\n");
    }

    private JsonNode option(Cli.Result shown, String key) throws Exception {
        return shown.json()
                .get("options")
                .valueStream()
                .filter(option -> option.get("key").textValue().equals(key))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + key + " in " + shown.out()));
    }

    private void assertOption(String key, String value, String origin) throws Exception {
        JsonNode option = option(run("config", "show", "--json"), key);
        assertThat(option.get("value").textValue()).isEqualTo(value);
        assertThat(option.get("origin").textValue()).isEqualTo(origin);
    }

    private String in(String key) {
        return key + " in " + home.resolve("a2al.toml");
    }

    @Test
    void eachValueIsShownWithItsOrigin() throws Exception {
        file(
                "network = \"private\"",
                "bootstrap = [\"a.example:1\", \"b.example\"]",
                "[demo]",
                "nodes = 7",
                "[resolve]",
                "network = \"public\"",
                "[mail.send]",
                "type = 9");
        environment.put("A2AL_SIM_SEED", "5");
        environment.put("A2AL_API_ADDR", "none");

        assertOption("demo.nodes", "7", in("demo.nodes"));
        assertOption("discover.network", "private", in("network"));
        assertOption("resolve.network", "public", in("resolve.network"));
        assertOption("discover.bootstrap", "a.example:1\nb.example", in("bootstrap"));
        assertOption("mail.send.type", "9", in("mail.send.type"));
        assertOption("sim.seed", "5", "$A2AL_SIM_SEED");
        assertOption("node.api", "none", "$A2AL_API_ADDR");
        assertOption("node.durability", "second", "default");
        assertThat(run("config", "show", "demo").outLines())
                .containsExactly("file  " + home.resolve("a2al.toml"), "demo.nodes  7  (" + in("demo.nodes") + ")");
    }

    @Test
    void theEnvironmentGoesBeforeTheFileAndTheCommandLineBeforeBoth() throws Exception {
        file("[demo]", "nodes = 2");
        assertThat(run("demo").err()).startsWith("cannot show 2 nodes");
        environment.put("A2AL_DEMO_NODES", "3");
        assertThat(run("demo").err()).startsWith("cannot show 3 nodes");
        assertThat(run("demo", "--nodes", "1").err()).startsWith("cannot show 1 nodes");
    }

    @Test
    void aVariableOfOneCommandGoesBeforeTheOneOfAll() throws Exception {
        environment.put("A2AL_TIMEOUT", "7s");
        environment.put("A2AL_PING_TIMEOUT", "8s");

        assertOption("ping.timeout", "8s", "$A2AL_PING_TIMEOUT");
        assertOption("resolve.timeout", "7s", "$A2AL_TIMEOUT");
    }

    @Test
    void aFlagCanBeSetAndGivenAtTheSameTime() throws Exception {
        file("json = true");
        assertThat(run("demo", "--nodes", "1").json().get("exit_code").intValue())
                .isEqualTo(2);
        assertThat(run("demo", "--nodes", "1", "--json").json().get("exit_code").intValue())
                .isEqualTo(2);
    }

    @Test
    void seedsOfTheEnvironmentAreAWayInAndAreSeparatedByCommas() {
        environment.put("A2AL_BOOTSTRAP", "127.0.0.1:0,[::1]:0");
        Cli.Result result = run("discover", "ai/demo");

        assertThat(result.err()).startsWith("no node can be at 127.0.0.1:0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "netwrok = 'public' | no such option: netwrok; did you mean network?",
                "listen = 'x' | no such option: listen; before the first table there can be bootstrap, bootstrap-dns,"
                        + " json, network, passphrase-file, timeout, verbose",
                "[ndoe] | ok",
                "[ndoe]%nx = 1 | no such command: [ndoe]; did you mean node?",
                "[demo]%nnods = 1 | no such option: nods in [demo]; did you mean nodes?",
                "[demo]%ndata = 'x' | no such option: data in [demo]",
                "[demo]%nnodes = [[1]] | demo.nodes: a list of lists or tables; give a list of texts or numbers",
                "x = = 1 | line 1, column 5: Unknown token; see docs/operations.md for examples"
            })
    void whatTheFileCannotSayIsWrongUse(String content, String line) throws Exception {
        file(content.formatted());
        Cli.Result result = run("demo", "--nodes", "1");

        assertThat(result.exitCode()).isEqualTo(2);
        if (!line.equals("ok")) {
            assertThat(result.errLines())
                    .containsExactly("file " + home.resolve("a2al.toml") + ": " + line + " (see a2al demo --help)");
        }
        assertThat(run("demo", "--help").exitCode()).isZero();
    }

    @Test
    void aKeyOfAnotherCommandIsCheckedWhenAllAreShown() throws Exception {
        file("[node]", "lisen = \"x\"");

        assertThat(run("config", "show").err()).contains("no such option: lisen in [node]; did you mean listen?");
        assertThat(run("demo", "--nodes", "1").err()).startsWith("cannot show 1 nodes");
    }

    @Test
    void aValueThatIsOfNoUseIsSaidToBeFromThere() throws Exception {
        file("[demo]", "nodes = \"many\"");
        assertThat(run("demo").err())
                .contains("'many' is not an int; it is set by " + in("demo.nodes") + " (see a2al demo --help)");
    }

    @Test
    void anotherFileCanBeNamed() throws Exception {
        Path other = Files.writeString(home.resolve("other.toml"), "[demo]\nnodes = 2\n");

        assertThat(run("demo", "--config", other.toString()).err()).startsWith("cannot show 2 nodes");
        environment.put("A2AL_CONFIG", other.toString());
        assertThat(run("demo").err()).startsWith("cannot show 2 nodes");
        assertThat(run("demo", "--config", other + "x").err()).startsWith("there is no file " + other + "x");
    }

    @Test
    void ofOptionsThatExcludeEachOtherTheStrongestCounts() throws Exception {
        file("[mail.send]", "text = \"from the file\"");
        environment.put("A2AL_MAIL_SEND_FILE", "/nonexistent/variable");
        environment.put("A2AL_BOOTSTRAP", "127.0.0.1:9");
        String to = "A056475aa75463474C0285df5Dbf2bcAB73Da65135";

        assertThat(run("mail", "send", to).err()).startsWith("file /nonexistent/variable cannot be read");
        assertThat(run("mail", "send", to, "--file=/nonexistent/given").err())
                .startsWith("file /nonexistent/given cannot be read");
        assertThat(run("mail", "send", to, "--text", "").err()).startsWith("the note is empty");
    }

    @Test
    void twoInOnePlaceThatExcludeEachOtherAreWrongUse() throws Exception {
        file("[publications.end]", "topic = \"a\"", "all = true");

        assertThat(run("publications", "end").err())
                .startsWith(in("publications.end.topic") + " and " + in("publications.end.all")
                        + " exclude each other; leave one out");
        assertThat(run("publications", "end", "--key", "x").err()).startsWith("not a key: \"x\"");
        environment.put("A2AL_PUBLICATIONS_END_KEY", "y");
        assertThat(run("publications", "end").err()).startsWith("not a key: \"y\"");
    }

    @Test
    void aDirectoryCanBeSetForOneCommand() throws Exception {
        Path other = Files.createDirectory(home.resolve("other"));
        file("[id.show]", "data = \"" + other + "\"");

        assertThat(run("id", "show").err()).contains("no identity in " + other);
    }

    /** What of an option with an optional value is set by its name alone is set by true. */
    @Test
    void jsonOfAllCommandsIsNoFileOfTheSimulator() throws Exception {
        environment.put("A2AL_JSON", "true");

        assertThat(run("sim", "--nodes", "x").json().get("error").textValue()).startsWith("--nodes x: not a number");
        environment.put("A2AL_JSON", "false");
        assertThat(run("sim", "--nodes", "x").out()).isEmpty();
    }

    @Test
    void wrongUseIsJsonIfTheConfigurationSaysSo() throws Exception {
        environment.put("A2AL_JSON", "true");
        assertThat(run("demo", "--nodes", "many").json().get("exit_code").intValue())
                .isEqualTo(2);
    }

    @Test
    void variablesThatSetNothingAreNamed() throws Exception {
        environment.put("A2AL_NODE_LISTN", "x");
        Cli.Result shown = run("config", "show", "--json");

        String line = "$A2AL_NODE_LISTN sets no option; did you mean A2AL_NODE_LISTEN?";
        assertThat(shown.errLines()).containsExactly(line);
        assertThat(shown.json().get("unknown_variables").get(0).textValue()).isEqualTo(line);
        assertThat(shown.json().get("unknown_variables")).hasSize(1);
    }

    @Test
    void variablesOfTheScriptsAreNoMistakes() throws Exception {
        for (String name : List.of("A2AL_JAVA", "A2AL_JAVA_OPTS", "A2AL_AOT_CACHE")) {
            environment.put(name, "x");
        }
        assertThat(run("config", "show").err()).isEmpty();
    }

    @Test
    void wrongUseOfShowIsNamed() throws Exception {
        assertThat(run("config", "show", "nod", "--json").json().get("error").textValue())
                .isEqualTo("no such command: nod; did you mean node?");
        assertThat(run("config", "shwo").err()).startsWith("no such command: shwo; did you mean show?");
    }
}
