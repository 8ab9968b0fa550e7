package io.a2al.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.a2al.app.Cli;
import io.a2al.app.RunningCommand;
import io.a2al.app.cli.CommandException;
import io.a2al.dht.files.DataDirectory;
import io.a2al.protocol.testing.OwnerOnly;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How {@code a2al node} serves the HTTP interface. */
@Timeout(120)
class ApiServiceTest {

    @TempDir
    private Path directory;

    private String[] node(String... more) {
        return Stream.concat(
                        Stream.of("node", "--listen", "127.0.0.1:0", "--data", directory.toString()), Stream.of(more))
                .toArray(String[]::new);
    }

    private JsonNode get(String url) throws IOException {
        URLConnection connection = URI.create(url).toURL().openConnection();
        connection.setRequestProperty("Authorization", "Bearer " + Files.readString(directory.resolve("api.token")));
        try (InputStream page = connection.getInputStream()) {
            return new ObjectMapper().readTree(page);
        }
    }

    /** The connection waits in the queue of the socket until the web server is there, which has a token by then. */
    private static void awaitLife(String url) throws IOException {
        try (InputStream page = URI.create(url + "/v1/livez").toURL().openStream()) {
            assertThat(page.readAllBytes()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:0", "0.0.0.0:0", "[::1]:0", "localhost:0"})
    void theUrlThatIsPrintedAnswers(String listen) throws Exception {
        try (RunningCommand node = RunningCommand.start(node("--api", listen))) {
            String address = node.awaitValue("address");
            String url = node.awaitValue("api");
            awaitLife(url);

            assertThat(get(url + "/v1/status").get("address").textValue()).isEqualTo(address);
            assertThat(node.stop()).isZero();
            assertThat(node.err().all())
                    .filteredOn(line -> line.contains("no encryption"))
                    .hasSize(listen.startsWith("0") ? 1 : 0);
        }
    }

    @Test
    void theUrlIsInAFileWhileTheNodeServes() throws Exception {
        Path file = directory.resolve("api");
        try (WatchService changes = directory.getFileSystem().newWatchService();
                RunningCommand node = RunningCommand.start(node("--api", "127.0.0.1:0", "--json"))) {
            WatchKey change = directory.register(changes, StandardWatchEventKinds.ENTRY_CREATE);
            String url =
                    new ObjectMapper().readTree(node.out().next()).get("api").textValue();
            awaitLife(url);
            while (!Files.exists(file)) {
                change.reset();
                assertThat(changes.take()).isEqualTo(change);
            }
            assertThat(file).hasContent(url + "\n");
            OwnerOnly.assertOwnerOnly(file);
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void aNodeWithoutTheInterfaceDeletesTheFileOfAFormerOne() throws Exception {
        Path file = Files.writeString(directory.resolve("api"), "http://127.0.0.1:1\n");
        try (RunningCommand node = RunningCommand.start(node("--api", "none"))) {
            node.awaitValue("listening");
            assertThat(file).doesNotExist();
            node.stop();
            assertThat(node.out().all()).noneMatch(line -> line.startsWith("api"));
        }
        assertThat(directory.resolve("api.token")).doesNotExist();
    }

    @Test
    void a18_anAddressThatIsAskedForAndTakenIsAnError() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            String taken = "127.0.0.1:" + other.getLocalPort();
            Cli.Result result = Cli.run(node("--api", taken));

            assertThat(result.errLines())
                    .containsExactly("no HTTP interface: cannot listen on " + taken
                            + ": address already in use; stop the other program or choose another port with --api"
                            + " HOST:PORT, or do without it with --api none");
            assertThat(result.out()).isEmpty();
            assertThat(result.exitCode()).isEqualTo(4);
        }
    }

    @Test
    void aTokenFileThatIsOfNoUseIsNamed() throws Exception {
        Path token = Files.writeString(directory.resolve("api.token"), "short");
        Cli.Result result = Cli.run(node("--api", "127.0.0.1:0"));

        assertThat(result.errLines())
                .singleElement()
                .asString()
                .startsWith("no HTTP interface: no token in " + token)
                .endsWith("delete the file to have a new one made");
        assertThat(result.exitCode()).isEqualTo(4);
    }

    @Test
    void anAddressThatIsNoneIsNamed() {
        Cli.Result result = Cli.run(node("--api", "127.0.0.1:x"));

        assertThat(result.err()).startsWith("not a port: \"x\" in \"127.0.0.1:x\"");
        assertThat(result.exitCode()).isEqualTo(2);
    }

    @Test
    void a18_inPlaceOfADefaultThatIsTakenTheNextFreePortIsUsedAndSaid() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
                DataDirectory data = DataDirectory.open(directory)) {
            InetSocketAddress taken = new InetSocketAddress(other.getInetAddress(), other.getLocalPort());
            try (ApiService api = ApiService.reserve(new ApiAddress(Optional.of(taken), false), data)) {
                String url = api.url().orElseThrow();
                assertThat(url).matches("http://127\\.0\\.0\\.1:\\d+").doesNotEndWith(":" + taken.getPort());
                assertThat(api.warnings())
                        .containsExactly(
                                "the HTTP interface is at " + url.substring("http://".length()) + ", as 127.0.0.1:"
                                        + taken.getPort() + " is taken; choose an address with --api HOST:PORT");
            }
            assertThatThrownBy(() -> ApiService.reserve(new ApiAddress(Optional.of(taken), true), data))
                    .isInstanceOf(CommandException.class);
        }
    }

    @Test
    void theOptionGoesBeforeTheEnvironmentAndThatBeforeTheDefault() throws Exception {
        Map<String, String> environment = Map.of("A2AL_API_ADDR", "127.0.0.1:7");
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");

        assertThat(ApiAddress.of(Optional.of("127.0.0.1"), environment))
                .isEqualTo(new ApiAddress(Optional.of(new InetSocketAddress(loopback, 2121)), true));
        assertThat(ApiAddress.of(Optional.empty(), environment))
                .isEqualTo(new ApiAddress(Optional.of(new InetSocketAddress(loopback, 7)), true));
        assertThat(ApiAddress.of(Optional.empty(), Map.of()))
                .isEqualTo(new ApiAddress(Optional.of(new InetSocketAddress(loopback, 2121)), false));
        assertThat(ApiAddress.of(Optional.of("none"), environment).listen()).isEmpty();
        assertThat(ApiAddress.of(Optional.empty(), Map.of("A2AL_API_ADDR", "none"))
                        .listen())
                .isEmpty();
    }
}
