package io.a2al.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.a2al.dht.DhtNode;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A Prometheus that is installed here takes what a node shows, and what is in {@code deploy}. Skipped without one. */
@Timeout(60)
class PrometheusTest {

    private static final Path DEPLOYED = Path.of("../deploy/prometheus");
    private static final Pattern LISTENING = Pattern.compile("msg=\"Listening on\" address=(127\\.0\\.0\\.1:\\d+)");

    /** What promtool says of metrics that it takes, but finds badly named. */
    private static final int LINT = 3;

    @TempDir
    private Path directory;

    private TestNetwork network;
    private HttpApi api;
    private Path token;

    /** One permit for each time that the node was asked for its numbers. */
    private final Semaphore asked = new Semaphore(0);

    @BeforeEach
    void start() throws Exception {
        assumeTrue(isInstalled("prometheus") && isInstalled("promtool"), "Prometheus is not installed");
        network = new TestNetwork(2, directory);
        token = directory.resolve("api.token");
        api = HttpApi.start(
                watched(network.last()),
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
                HttpSettings.of(token, "1.2.3"));
    }

    @AfterEach
    void stop() {
        if (api != null) {
            api.close();
            network.close();
        }
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** The node; tells when it is asked for its numbers. */
    private DhtNode watched(DhtNode node) {
        return (DhtNode) Proxy.newProxyInstance(
                DhtNode.class.getClassLoader(), new Class<?>[] {DhtNode.class}, (_, method, arguments) -> {
                    if (method.getName().equals("diskStatistics")) {
                        asked.release();
                    }
                    try {
                        return method.invoke(node, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private record Ended(int status, String output) {}

    private Ended promtool(Path input, String... arguments) throws Exception {
        Path output = directory.resolve("promtool.out");
        Process process = new ProcessBuilder(Stream.concat(Stream.of("promtool"), Stream.of(arguments))
                        .toList())
                .redirectInput(input.toFile())
                .redirectOutput(output.toFile())
                .redirectErrorStream(true)
                .start();
        return new Ended(process.waitFor(), Files.readString(output));
    }

    private static String get(URI uri, String... authorization) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        for (String value : authorization) {
            connection.setRequestProperty("Authorization", value);
        }
        try (InputStream body = connection.getInputStream()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Some names of the JVM are Micrometer's, and promtool would have others. */
    @Test
    void promtoolTakesThePageAndWhatIsDeployed() throws Exception {
        URI page = URI.create("http://127.0.0.1:" + api.address().getPort() + "/metrics");
        String text = get(page, "Bearer " + Files.readString(token).strip());
        Path file = Files.writeString(directory.resolve("page"), text);

        Ended metrics = promtool(file, "check", "metrics");
        assertThat(metrics.status()).as(metrics.output()).isIn(0, LINT);
        assertThat(metrics.output().lines()).noneMatch(line -> line.startsWith("a2al_"));

        Ended rules =
                promtool(file, "check", "rules", DEPLOYED.resolve("alerts.yml").toString());
        assertThat(rules.status()).as(rules.output()).isZero();
        assertThat(rules.output()).contains("SUCCESS");
    }

    /** With the configuration that is deployed, but for the place of the token, the target and the interval. */
    @Test
    void prometheusScrapesANodeByTheDeployedConfiguration() throws Exception {
        String deployed = Files.readString(DEPLOYED.resolve("prometheus.yml"));
        assertThat(deployed).contains("/var/lib/a2al/api.token", "127.0.0.1:2121", "15s", "alerts.yml");
        Path configuration = Files.writeString(
                directory.resolve("prometheus.yml"),
                deployed.replace("/var/lib/a2al/api.token", token.toString())
                        .replace("127.0.0.1:2121", "127.0.0.1:" + api.address().getPort())
                        .replace("15s", "1s")
                        .replace(
                                "alerts.yml",
                                DEPLOYED.resolve("alerts.yml").toRealPath().toString()));
        assertThat(promtool(configuration, "check", "config", configuration.toString())
                        .status())
                .isZero();

        Process prometheus = new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + configuration,
                        "--storage.tsdb.path=" + directory.resolve("data"),
                        "--web.listen-address=127.0.0.1:0")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            String address = addressOf(prometheus).get();
            // Scrapes of a busy machine may take longer than they may.
            do {
                asked.acquire();
            } while (!query(address, "up{job=\"a2al\"}").equals(List.of("1")));

            assertThat(query(address, "a2al_build_info{job=\"a2al\",version=\"1.2.3\"}"))
                    .containsExactly("1");
            assertThat(query(address, "sum(a2al_table_contacts{health=\"good\"})"))
                    .containsExactly("1");
            assertThat(query(address, "a2al_rpc_outbound_requests_total{type=\"ping\",outcome=\"answered\"} >= bool 1"))
                    .containsExactly("1");
            assertThat(query(address, "count(a2al_lookup_duration_seconds_bucket{le=\"+Inf\"})"))
                    .containsExactly("15");
        } finally {
            prometheus.destroyForcibly().waitFor();
        }
    }

    /** Where the server listens, as it logs; reads its whole log, so that it can go on writing. */
    private static CompletableFuture<String> addressOf(Process prometheus) {
        CompletableFuture<String> address = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            StringBuilder read = new StringBuilder();
            prometheus.errorReader().lines().forEach(line -> {
                read.append(line).append('\n');
                Matcher listening = LISTENING.matcher(line);
                if (listening.find()) {
                    address.complete(listening.group(1));
                }
            });
            address.completeExceptionally(new AssertionError("Prometheus ended: " + read));
        });
        return address;
    }

    /** The values of an instant query. */
    private static List<String> query(String address, String expression) throws Exception {
        String answer = get(URI.create(
                "http://" + address + "/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8)));
        JsonNode result = new ObjectMapper().readTree(answer).path("data").path("result");
        return result.findValues("value").stream()
                .map(value -> value.get(1).asText())
                .toList();
    }
}
