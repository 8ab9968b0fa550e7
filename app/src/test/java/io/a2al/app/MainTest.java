package io.a2al.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.app.cli.Output;
import io.a2al.app.cli.Texts;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MainTest {

    private static final String ADDRESS = "A056475aa75463474C0285df5Dbf2bcAB73Da65135";

    @Test
    void withoutACommandItSaysWhichThereAre() {
        Cli.Result result = Cli.run();

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .startsWith("Usage: a2al")
                .contains("node", "publish", "resolve", "discover", "mail", "id", "data", "ping", "inspect", "demo");
    }

    /** All of them are made for the help, and one alone when it is named. */
    @Test
    void aNamedCommandIsMadeWithoutTheOthers() {
        Set<String> all = commandLine().getSubcommands().keySet();

        assertThat(all)
                .contains("node", "publish", "resolve", "discover", "mail", "id", "data", "ping", "inspect", "demo")
                .contains("conformance", "bench", "sim")
                .allSatisfy(name -> assertThat(
                                commandLine(name, "--help").getSubcommands().keySet())
                        .containsExactly(name));
        assertThat(commandLine("--version").getSubcommands()).isEmpty();
        assertThat(commandLine("-V").getSubcommands()).isEmpty();
        assertThat(commandLine("--version", "--help").getSubcommands().keySet()).isEqualTo(all);
        assertThat(commandLine("--help").getSubcommands().keySet()).isEqualTo(all);
        assertThat(commandLine("nod").getSubcommands().keySet()).isEqualTo(all);
    }

    private static CommandLine commandLine(String... args) {
        return Main.commandLine(InputStream.nullInputStream(), args);
    }

    @Test
    void theVersionIsTheProjects() {
        Cli.Result result = Cli.run("--version");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).matches("a2al \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\\R");
        assertThat(Cli.run("-V")).isEqualTo(result);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "node",
                "publish",
                "publications list",
                "publications end",
                "resolve",
                "discover",
                "mail send",
                "mail read",
                "id new",
                "id show",
                "id import",
                "id export",
                "id passphrase",
                "id delegate",
                "id verify",
                "ping",
                "inspect",
                "mcp",
                "demo",
                "status",
                "peers",
                "events",
                "agents list",
                "agents show",
                "agents register",
                "agents remove",
                "config show",
                "help",
                "version",
                "completion"
            })
    void everyCommandHasHelpWithAnExample(String command) {
        Cli.Result result = Cli.run((command + " --help").split(" "));

        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).startsWith("Usage: a2al " + command).contains("Example:\n  ", "--json", "--verbose");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "data", "mail", "publications", "agents", "config"})
    void aGroupSaysWhatIsInIt(String group) {
        Cli.Result help = Cli.run(group, "--help");
        Cli.Result alone = Cli.run(group);

        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).startsWith("Usage: a2al " + group).contains("Example:\n  ", "Commands:");
        assertThat(alone.exitCode()).isEqualTo(2);
        assertThat(alone.err()).isEqualTo(help.out());
        assertThat(alone.out()).isEmpty();
    }

    @Test
    void theHelpOfNodeSaysWhereTheIdentityIs() {
        assertThat(Cli.run("node", "--help").out()).contains("$A2AL_HOME", "~/.a2al", "0.0.0.0:4121");
    }

    /** Arguments, and the line that answers them. */
    record WrongUse(String line, List<String> args) {}

    static Stream<WrongUse> wrongUses() {
        return Stream.of(
                wrong("no such command: foo (see a2al --help)", "foo"),
                wrong("no such command: resolv; did you mean resolve? (see a2al --help)", "resolv"),
                wrong("no such command: sned; did you mean send? (see a2al mail --help)", "mail", "sned"),
                wrong("Unknown option: '--lsiten'; did you mean --listen? (see a2al node --help)", "node", "--lsiten"),
                wrong(
                        "Unknown option: '--listn=x'; did you mean --listen? (see a2al node --help)",
                        "node",
                        "--listn=x"),
                wrong("Unknown option: '--foo' (see a2al node --help)", "node", "--foo"),
                wrong(
                        "an argument has characters that the locale cannot read: \uFFFDbersetzung;"
                                + " set LC_ALL=C.UTF-8 or another UTF-8 locale (see a2al discover --help)",
                        "discover",
                        "\uFFFDbersetzung"),
                wrong(
                        "an argument has characters that the locale cannot read: d\uFFFDt\uFFFD;"
                                + " set LC_ALL=C.UTF-8 or another UTF-8 locale (see a2al publish --help)",
                        "publish",
                        "--data",
                        "d\uFFFDt\uFFFD"),
                wrong("Missing required parameter: 'ADDRESS' (see a2al resolve --help)", "resolve"),
                wrong("Missing required parameter: 'TOPIC' (see a2al discover --help)", "discover"),
                wrong("Missing required parameter: 'HOST:PORT' (see a2al ping --help)", "ping"),
                wrong("Missing required parameter: 'HEX' (see a2al inspect --help)", "inspect"),
                wrong(
                        "not an address: \"A0\": expected 42 hexadecimal digits, got 2 characters"
                                + " (see a2al resolve --help)",
                        "resolve",
                        "A0",
                        "--bootstrap",
                        "127.0.0.1"),
                wrong(
                        "not an address: \"" + ADDRESS.replace("aa", "aA")
                                + "\": its upper and lower case letters do not match its checksum; mistyped?"
                                + " (see a2al resolve --help)",
                        "resolve",
                        ADDRESS.replace("aa", "aA"),
                        "--bootstrap",
                        "127.0.0.1"),
                wrong(noBootstrap("resolve"), "resolve", ADDRESS),
                wrong(noBootstrap("discover"), "discover", "ai/demo"),
                wrong(noBootstrap("publish"), "publish", "--endpoint", "https://a.example/a2a"),
                wrong(badPort("resolve"), "resolve", ADDRESS, "--bootstrap", "127.0.0.1:65536"),
                wrong(badPort("discover"), "discover", "ai/demo", "--bootstrap", "127.0.0.1:65536"),
                wrong(badPort("publish"), "publish", "--topic", "ai/demo", "--bootstrap", "127.0.0.1:65536"),
                wrong(badPort("node"), "node", "--bootstrap", "127.0.0.1:65536"),
                wrong(badPort("node"), "node", "--listen", "127.0.0.1:65536"),
                wrong(badPort("ping"), "ping", "127.0.0.1:65536"),
                wrong(
                        "no host in \"44123\", which is a port; write host:port, for example 127.0.0.1:44123"
                                + " (see a2al node --help)",
                        "node",
                        "--listen",
                        "44123"),
                wrong(
                        "no host in \"4200\", which is a port; write host:port, for example 127.0.0.1:4200"
                                + " (see a2al ping --help)",
                        "ping",
                        "4200"),
                wrong(
                        "not an IP address: \"1.2\" in \"1.2:80\"; write four numbers from 0 to 255"
                                + " (see a2al node --help)",
                        "node",
                        "--debug-http",
                        "1.2:80"),
                wrong(noNode("127.0.0.1:0") + " (see a2al ping --help)", "ping", "127.0.0.1:0"),
                wrong(noNode("[::1]:0") + " (see a2al node --help)", "node", "--bootstrap", "[::1]:0"),
                wrong("not an address: \"a b\"; write host:port or [ipv6]:port (see a2al ping --help)", "ping", "a b"),
                wrong(
                        "cannot show 3 nodes; choose 4 to 200 with --nodes (see a2al demo --help)",
                        "demo",
                        "--nodes",
                        "3"),
                wrong(
                        "cannot show 201 nodes; choose 4 to 200 with --nodes (see a2al demo --help)",
                        "demo",
                        "--nodes",
                        "201"),
                wrong(
                        "Invalid value for option '--nodes': 'many' is not an int (see a2al demo --help)",
                        "demo",
                        "--nodes",
                        "many"));
    }

    private static WrongUse wrong(String line, String... args) {
        return new WrongUse(line, List.of(args));
    }

    private static String noBootstrap(String command) {
        return "no node runs here, and no other is known to join the network through; start one with a2al node,"
                + " name one with --bootstrap HOST:PORT, or use --network public (see a2al " + command + " --help)";
    }

    private static String noNode(String address) {
        return "no node can be at " + address + "; port 0 stands for any; give the port that the node listens on";
    }

    private static String badPort(String command) {
        return "not a port: \"65536\" in \"127.0.0.1:65536\"; ports are 0 to 65535 (see a2al " + command + " --help)";
    }

    @ParameterizedTest
    @MethodSource("wrongUses")
    void wrongUseIsAnsweredInOneLine(WrongUse use) {
        Cli.Result result = Cli.run(use.args().toArray(String[]::new));

        assertThat(result.errLines()).containsExactly(use.line());
        assertThat(result.out()).isEmpty();
        assertThat(result.exitCode()).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("wrongUses")
    void wrongUseIsAJsonErrorToo(WrongUse use) throws Exception {
        Cli.Result result =
                Cli.run(Stream.concat(use.args().stream(), Stream.of("--json")).toArray(String[]::new));

        assertThat(result.json().get("exit_code").intValue()).isEqualTo(2);
        assertThat(result.errLines())
                .singleElement()
                .asString()
                .startsWith(result.json().get("error").textValue());
        assertThat(result.exitCode()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"0,0 s", "59,59 s", "60,1 min 0 s", "3599,59 min 59 s", "3661,1 h 1 min", "90000,1 d 1 h"})
    void secondsAreWrittenInTheirTwoLargestUnits(long seconds, String text) {
        assertThat(Texts.seconds(seconds)).isEqualTo(text);
    }

    @Test
    void controlCharactersOfPeersDoNotReachTheTerminal() {
        assertThat(Output.printable("a\u001b[2Jb\nc\u202ed é 語")).isEqualTo("a\\u001b[2Jb\\u000ac\\u202ed é 語");
    }
}
