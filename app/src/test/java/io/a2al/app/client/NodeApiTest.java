package io.a2al.app.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.a2al.app.Cli;
import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests to an interface that answers as the test wants it to. */
@Timeout(60)
class NodeApiTest {

    @TempDir
    private Path directory;

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private volatile int status = 200;
    private volatile String answer = "{}";

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            heard.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + exchange.getRequestHeaders().getFirst("Content-Type") + " " + body);
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private RunningNode node() {
        return new RunningNode(url(), Optional.of("secret"), true);
    }

    @Test
    void requestsCarryTheTokenAndTheirType() throws Exception {
        answer = "{\"a\":[1,2.5,18446744073709551615,\"x\",null,true,{\"b\":false}]}";
        assertThat(node().api().get("/v1/x?y=z").require().toString()).isEqualTo(answer);
        assertThat(node().api().post("/v1/p", Json.object().put("k", 1)).isGood())
                .isTrue();
        assertThat(node().api().delete("/v1/d").isGood()).isTrue();

        assertThat(heard)
                .containsExactly(
                        "GET /v1/x?y=z Bearer secret null ",
                        "POST /v1/p Bearer secret application/json {\"k\":1}",
                        "DELETE /v1/d Bearer secret application/json ");
    }

    @ParameterizedTest
    @CsvSource({"404,1", "400,2", "422,2", "503,3", "504,3", "401,4", "403,4", "500,4", "501,4"})
    void aFailureEndsTheCommandAsItsStatusSays(int failed, int exitCode) {
        status = failed;
        answer = "{\"error\":\"that is why\"}";
        assertThatThrownBy(() -> node().api().get("/v1/x").require())
                .isInstanceOfSatisfying(
                        CommandException.class,
                        failure -> assertThat(failure.exitCode()).isEqualTo(exitCode))
                .hasMessageStartingWith("that is why");
    }

    @Test
    void failuresMayBePlainTextOrNothing() throws Exception {
        status = 502;
        answer = "connect failed\n";
        assertThat(node().api().get("/").error()).isEqualTo("connect failed");
        answer = "";
        assertThat(node().api().get("/").error()).isEqualTo("the node answered with status 502");
    }

    @Test
    void anAnswerThatIsNoJsonIsNamed() {
        for (String broken : new String[] {"", "[]", "{\"a\":", "{} {}"}) {
            answer = broken;
            assertThatThrownBy(() -> node().api().get("/").require()).isInstanceOf(CommandException.class);
        }
    }

    @Test
    void anAnswerThatDoesNotComeInTimeIsNoNetwork() {
        CountDownLatch end = new CountDownLatch(1);
        server.createContext("/slow", _ -> {
            try {
                end.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        assertThatThrownBy(() -> node().api(Optional.of(Duration.ofMillis(50))).get("/slow"))
                .isInstanceOfSatisfying(
                        CommandException.class,
                        failure -> assertThat(failure.exitCode()).isEqualTo(3))
                .hasMessageContaining("no answer from the node at " + url());
        end.countDown();
    }

    @Test
    void whatAKilledNodeLeftIsToldFromWhatTheUserNamed() {
        server.stop(0);
        assertThatThrownBy(() -> node().api().get("/")).isInstanceOf(NotRunningException.class);
        assertThatThrownBy(() ->
                        new RunningNode(url(), Optional.empty(), false).api().get("/"))
                .isInstanceOf(CommandException.class);
    }

    // ---- where it is ------------------------------------------------------------------------------------------

    private Optional<RunningNode> find(Optional<Path> given, Map<String, String> environment) {
        return Cli.inside(environment, Cli.NO_DNS, () -> RunningNode.find(given));
    }

    @Test
    void theGivenDirectoryGoesBeforeTheEnvironmentAndThatBeforeTheDefaultDirectory() throws Exception {
        Path given = Files.createDirectory(directory.resolve("given"));
        Path home = Files.createDirectory(directory.resolve("home"));
        Files.writeString(given.resolve("api"), "http://127.0.0.1:1\n");
        Files.writeString(home.resolve("api"), "http://127.0.0.1:2\n");
        Files.writeString(home.resolve("api.token"), "t\n");
        Map<String, String> named = Map.of("A2AL_HOME", home.toString(), "A2AL_API", "127.0.0.1:3/");

        assertThat(find(Optional.of(given), named))
                .contains(new RunningNode("http://127.0.0.1:1", Optional.empty(), true));
        assertThat(find(Optional.empty(), named))
                .contains(new RunningNode("http://127.0.0.1:3", Optional.empty(), false));
        assertThat(find(Optional.empty(), Map.of("A2AL_HOME", home.toString())))
                .contains(new RunningNode("http://127.0.0.1:2", Optional.of("t"), true));
        assertThat(find(Optional.empty(), Map.of("A2AL_HOME", directory.toString())))
                .isEmpty();
        assertThatThrownBy(() -> find(Optional.empty(), Map.of("A2AL_API", "ftp://x")))
                .hasStackTraceContaining("no URL in $A2AL_API: ftp://x");
    }

    // ---- events -----------------------------------------------------------------------------------------------

    @Test
    void eventsAreReadAsTheStandardSays() throws Exception {
        String text = ": hello\n\nid: 7\nevent: joined\ndata: {\"a\":1}\n\n:\n\ndata:x\ndata: y\n\nretry: 5\ndata: cut";
        try (EventStream events = new EventStream(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))) {
            assertThat(events.next()).contains(new EventStream.Event("7", "joined", "{\"a\":1}"));
            assertThat(events.next()).contains(new EventStream.Event("", "message", "x\ny"));
            assertThat(events.next()).isEmpty();
        }
    }

    @Test
    void anEventWithoutAnEndIsNotCollected() throws Exception {
        String endless = "data: " + "x".repeat(2 << 20) + "\n";
        try (EventStream events = new EventStream(new ByteArrayInputStream(endless.getBytes(StandardCharsets.UTF_8)))) {
            assertThatThrownBy(events::next).isInstanceOf(IOException.class).hasMessageContaining("longer than");
        }
    }
}
