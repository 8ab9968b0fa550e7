package io.a2al.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.dht.DhtNode;
import io.a2al.dht.DhtNodeBuilder;
import io.a2al.dht.result.ResolveResult;
import io.a2al.dht.transport.Endpoints;
import io.a2al.examples.spring.SpringAgent;
import io.a2al.http.HttpApi;
import io.a2al.http.HttpSettings;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.record.TopicPayload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Each example runs on loopback and prints what it is meant to; each is short. */
@Timeout(120)
class ExamplesTest {

    private static final Path HTTP = Path.of("http").toAbsolutePath();
    private static final int LONGEST = 60;

    private final List<DhtNode> nodes = new ArrayList<>();

    @TempDir
    private Path directory;

    /** A network for each test, so that none meets the closed nodes of others and waits for their answers. */
    @BeforeEach
    void startNetwork() throws Exception {
        for (int i = 0; i < 3; i++) {
            nodes.add(node(DhtNode.builder()));
        }
        for (DhtNode node : nodes.subList(1, nodes.size())) {
            node.bootstrap(List.of(seed()));
        }
    }

    @AfterEach
    void endNetwork() {
        nodes.forEach(DhtNode::close);
    }

    private static DhtNode node(DhtNodeBuilder builder) throws IOException {
        return builder.identity(Identity.generate(new SecureRandom()))
                .listen(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0))
                .build()
                .start();
    }

    private InetSocketAddress seed() {
        return Endpoints.toSocketAddress(nodes.getFirst().localEndpoint());
    }

    private String seedText() {
        return Endpoints.text(seed());
    }

    private interface Example {
        void run() throws Exception;
    }

    private static List<String> printedBy(Example example) throws Exception {
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            example.run();
        } finally {
            System.setOut(console);
        }
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void embedAndFind() throws Exception {
        assertThat(printedBy(() -> EmbedAndFind.main(new String[] {seedText()})))
                .contains("Babel is at [https://babel.example/a2a]");
    }

    @Test
    void mailBetweenAgents() throws Exception {
        assertThat(printedBy(() -> MailBetweenAgents.main(new String[] {seedText()})))
                .contains("sent", "Good morning. (from the sender)", "notes lost while busy: 0");
    }

    @Test
    void walletAgent() throws Exception {
        assertThat(printedBy(() -> WalletAgent.main(new String[] {seedText()})))
                .anyMatch(line -> line.matches("0x[0-9a-fA-F]{40} found"));
    }

    @Test
    void closedGroup() throws Exception {
        assertThat(printedBy(() -> ClosedGroup.main(new String[] {seedText()})))
                .contains("member: true", "stranger: false");
    }

    @Test
    void aSlowListenerGetsEveryEntry() throws Exception {
        List<DhtNode> publishers = new ArrayList<>();
        try (JobListener listener = new JobListener(nodes.get(1), "jobs", 1)) {
            for (int i = 0; i < 4; i++) {
                DhtNode publisher = node(DhtNode.builder().clientMode());
                publishers.add(publisher);
                publisher.bootstrap(List.of(seed()));
                publisher.publish(TopicPayload.of("jobs", "job " + i, List.of(), List.of()));
            }
            List<String> taken = new ArrayList<>();
            for (int i = 0; i < publishers.size(); i++) {
                taken.add(listener.take().payload().name());
            }
            assertThat(taken).containsExactlyInAnyOrder("job 0", "job 1", "job 2", "job 3");
            assertThat(listener.missed()).isEmpty();
        } finally {
            publishers.forEach(DhtNode::close);
        }
    }

    @Test
    void springAgent() throws Exception {
        try (ConfigurableApplicationContext context = SpringApplication.run(
                SpringAgent.class,
                "--a2al.listen=127.0.0.1:0",
                "--a2al.seeds=" + seedText(),
                "--agent.url=https://spring.example/a2a",
                "--spring.main.banner-mode=off")) {
            DhtNode node = context.getBean(DhtNode.class);
            assertThat(nodes.get(1).resolve(node.address()))
                    .isInstanceOfSatisfying(
                            ResolveResult.Found.class,
                            found -> assertThat(found.endpoint().payload().endpoints())
                                    .containsExactly("https://spring.example/a2a"));
        }
    }

    private interface Client {
        String run(String url, String token) throws IOException, InterruptedException;
    }

    /** Lets a client use the HTTP interface of a node, and returns what it prints. */
    private String serve(Client client) throws IOException, InterruptedException {
        Path token = directory.resolve("api.token");
        try (HttpApi api = HttpApi.start(
                nodes.getLast(),
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
                HttpSettings.of(token, "1.2.3"))) {
            return client.run(
                    "http://" + Endpoints.text(api.address()),
                    Files.readString(token).strip());
        }
    }

    /** Runs a program in the home directory of this test, and returns what it prints. */
    private String run(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .keySet()
                .removeIf(name -> name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
        builder.environment().put("HOME", directory.toString());
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed;
    }

    private static void assumeThereIs(String... command) throws InterruptedException {
        try {
            Assumptions.assumeTrue(
                    new ProcessBuilder(command)
                                    .redirectErrorStream(true)
                                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                    .start()
                                    .waitFor()
                            == 0,
                    command[0] + " does not work here");
        } catch (IOException e) {
            Assumptions.abort("there is no " + command[0]);
        }
    }

    @Test
    void clientInPython() throws Exception {
        assumeThereIs("python3", "--version");
        assertThat(serve((url, token) -> run("python3", HTTP.resolve("agent.py").toString(), url, token)))
                .contains("Babel is at ['https://babel.example/a2a']");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script is for the shells of Unix")
    void clientWithCurl() throws Exception {
        assumeThereIs("curl", "--fail-with-body", "--version");
        assertThat(serve((url, token) -> run("sh", HTTP.resolve("agent.sh").toString(), url, token)))
                .contains("\"endpoints\":[\"https://babel.example/a2a\"]");
    }

    /** The blocks of the tutorial are one script, which a shell runs. */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script is for the shells of Unix")
    void theTutorialForAgents() throws Exception {
        assumeThereIs("curl", "--fail-with-body", "--version");
        String script = Pattern.compile("(?s)```sh\n(.*?)```")
                .matcher(Files.readString(Path.of("../docs/tutorials/agent.md")))
                .results()
                .map(block -> block.group(1))
                .collect(Collectors.joining());
        Path home = Files.createDirectories(directory.resolve(".a2al"));
        String printed = serve((url, token) -> {
            Files.writeString(home.resolve("api"), url);
            Files.writeString(home.resolve("api.token"), token);
            return run("sh", "-euc", script);
        });
        assertThat(printed)
                .contains("\"name\":\"Babel\"", "\"endpoints\":[\"https://babel.example/a2a\"]", "Good morning.");
    }

    @Test
    void everyExampleIsShortAndIntroduced() throws IOException {
        String introduction = Files.readString(Path.of("README.md"));
        try (Stream<Path> java = Files.walk(Path.of("src/main/java"));
                Stream<Path> scripts = Files.list(HTTP)) {
            List<Path> files = Stream.concat(java, scripts)
                    .filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("package-info.java"))
                    .toList();
            assertThat(files).hasSizeGreaterThan(7).allSatisfy(file -> {
                long lines = Files.readAllLines(file).stream()
                        .filter(line -> !line.startsWith("import ") && !line.isBlank())
                        .count();
                assertThat(lines).as(file.toString()).isLessThanOrEqualTo(LONGEST);
                assertThat(introduction)
                        .contains("(" + file.toString().replace('\\', '/').replaceAll(".*/http/", "http/"));
            });
        }
    }
}
