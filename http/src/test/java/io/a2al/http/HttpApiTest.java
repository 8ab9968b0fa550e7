package io.a2al.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.dht.DhtNode;
import io.a2al.dht.transport.MemoryNetwork;
import io.a2al.http.limits.HttpLimits;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.testing.OwnerOnly;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HttpApiTest {

    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);

    /** A read from a socket is not interrupted when a test takes too long. */
    private static final int READ_LIMIT_MS = 20_000;

    private static final Duration SOON = Duration.ofMillis(50);
    private static final Duration NEVER = Duration.ofHours(1);

    @TempDir
    private Path directory;

    private DhtNode node;
    private HttpSettings settings;
    private HttpApi api;

    @BeforeEach
    void start() throws IOException {
        node = DhtNode.builder()
                .identity(Identity.ofSeed(new byte[32]))
                .transport(new MemoryNetwork().newTransport())
                .build()
                .start();
        settings = HttpSettings.of(directory.resolve("api.token"), "1.2.3");
        api = HttpApi.start(node, ANY_PORT, settings);
    }

    @AfterEach
    void stop() {
        api.close();
        node.close();
    }

    private String ask(String path, String... fields) throws IOException {
        return send("GET " + path + " HTTP/1.1\r\n" + String.join("\r\n", fields) + "\r\nConnection: close\r\n\r\n");
    }

    private String send(String request) throws IOException {
        try (Socket socket =
                new Socket(api.address().getAddress(), api.address().getPort())) {
            socket.setSoTimeout(READ_LIMIT_MS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String bearer() throws IOException {
        return "Authorization: Bearer " + Files.readString(settings.tokenFile());
    }

    /** From here on requests from this machine need the token. */
    private void demandToken() throws IOException {
        settings = settings.withTokenAlways(true);
        restart(settings.limits());
    }

    private void restart(HttpLimits limits) throws IOException {
        api.close();
        settings = settings.withLimits(limits);
        api = HttpApi.start(node, ANY_PORT, settings);
    }

    @Test
    void livezNeedsNoToken() throws IOException {
        assertThat(ask("/v1/livez", "Host: localhost"))
                .startsWith("HTTP/1.1 200 ")
                .contains("Content-Type: application/json")
                .doesNotContain("Server:")
                .endsWith("{\"status\":\"ok\"}\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/status", "/status", "/metrics", "/debug/stats"})
    void programsOnThisMachineNeedNoToken(String path) throws IOException {
        assertThat(ask(path, "Host: localhost")).startsWith("HTTP/1.1 200 ");
    }

    /** Whether a request comes from elsewhere shows a proxy on this machine only. */
    @ParameterizedTest
    @ValueSource(strings = {"Forwarded: for=192.0.2.1", "X-Forwarded-For: 192.0.2.1", "X-Real-IP: ::1", "Via: 1.1 a"})
    void a06_whatAProxyPassesOnNeedsTheToken(String field) throws IOException {
        assertThat(ask("/v1/status", "Host: localhost", field)).startsWith("HTTP/1.1 401 ");
        assertThat(ask("/status", "Host: localhost", field)).startsWith("HTTP/1.1 401 ");
        assertThat(ask("/status", "Host: localhost", field, bearer())).startsWith("HTTP/1.1 200 ");
    }

    /** The other daemons name other hosts with 400, skip all checks under /aid/, and need no token. */
    @ParameterizedTest
    @ValueSource(strings = {"/agents", "/aid/x/y", "/health"})
    void a07_noPathIsWithoutChecks(String path) throws IOException {
        demandToken();
        assertThat(ask(path, "Host: localhost")).startsWith("HTTP/1.1 401 ").contains("Content-Type: text/plain");
        assertThat(ask(path, "Host: evil.example", bearer())).startsWith("HTTP/1.1 400 ");
        assertThat(ask(path, "Host: localhost", bearer(), "Origin: http://evil.example"))
                .startsWith("HTTP/1.1 403 ");
    }

    @Test
    void otherPathsNeedTheTokenIfItIsAlwaysNeeded() throws IOException {
        demandToken();
        assertThat(ask("/v1/nothing", "Host: localhost"))
                .startsWith("HTTP/1.1 401 ")
                .contains("WWW-Authenticate: Bearer");
        assertThat(ask("/v1/nothing", "Host: localhost", bearer() + "x")).startsWith("HTTP/1.1 401 ");
        assertThat(ask("/v1/nothing", "Host: localhost", bearer()))
                .startsWith("HTTP/1.1 404 ")
                .contains("Content-Type: application/json")
                .contains("\"code\":\"not_found\",\"status\":404}");
    }

    /** The token counts in its one place only, so that no page or log of addresses can have it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Basic %s",
                "Authorization: %s",
                "Cookie: token=%s",
                "X-Api-Token: %s",
                "Authorization: Bearer %s\r\nAuthorization: Bearer x"
            })
    void aTokenElsewhereDoesNotCount(String field) throws IOException {
        demandToken();
        String token = Files.readString(settings.tokenFile());
        assertThat(ask("/v1/status?token=" + token, "Host: localhost", field.formatted(token)))
                .startsWith("HTTP/1.1 401 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/livez/../x", "/v1/livez;x", "/v1/livez%2f..%2fx", "//v1/livez", "/v1/LIVEZ"})
    void aPathThatOnlyLooksLikeTheOpenOneNeedsTheToken(String path) throws IOException {
        demandToken();
        assertThat(ask(path, "Host: localhost")).doesNotStartWith("HTTP/1.1 404 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1:1", "[::1]:2121", "LOCALHOST:2121"})
    void namesOfThisMachineAreAnswered(String host) throws IOException {
        assertThat(ask("/v1/livez", "Host: " + host)).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "192.0.2.1"})
    void otherHostsAreRefused(String host) throws IOException {
        assertThat(ask("/v1/livez", "Host: " + host))
                .startsWith("HTTP/1.1 403 ")
                .endsWith("{\"error\":\"host not allowed; use localhost\",\"code\":\"forbidden\",\"status\":403}\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Origin: http://evil.example", "Origin: null", "Sec-Fetch-Site: cross-site"})
    void pagesOfOtherSitesAreRefused(String field) throws IOException {
        assertThat(ask("/v1/livez", "Host: localhost", field)).startsWith("HTTP/1.1 403 ");
    }

    @Test
    void aPageOfItsOwnIsAnswered() throws IOException {
        assertThat(ask("/v1/livez", "Host: localhost:7", "Origin: http://localhost:7", "Sec-Fetch-Site: same-origin"))
                .startsWith("HTTP/1.1 200 ");
    }

    private String act(String method, String path, String... fields) throws IOException {
        return send(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + String.join("\r\n", fields) + "\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}");
    }

    @Test
    void aPageOfItsOwnChangesNothingWithoutTheToken() throws IOException {
        String page = "Sec-Fetch-Site: same-origin";
        assertThat(act("DELETE", "/v1/publications/endpoint", page)).startsWith("HTTP/1.1 401 ");
        assertThat(act("POST", "/v1/mail", page)).startsWith("HTTP/1.1 401 ");
        assertThat(act("POST", "/v1/mail", page, bearer())).startsWith("HTTP/1.1 400 ");
        assertThat(act("POST", "/v1/inspect", page)).startsWith("HTTP/1.1 400 ");
        assertThat(act("DELETE", "/v1/publications/endpoint", "Accept: */*")).startsWith("HTTP/1.1 404 ");
    }

    @Test
    void whatIsNoRequestIsAnsweredInJson() throws IOException {
        assertThat(send("nonsense\r\n\r\n")).startsWith("HTTP/1.1 400 ").contains("{\"error\":");
        assertThat(ask("/v1/livez", "Host: localhost", "X-Long: " + "x".repeat(9 << 10)))
                .startsWith("HTTP/1.1 431 ")
                .contains("{\"error\":");
    }

    private String sendBody(String method, String path, String body, String... fields) throws IOException {
        return send(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + String.join("\r\n", fields) + (fields.length == 0 ? "" : "\r\n") + "Content-Length: " + body.length()
                + "\r\n\r\n" + body);
    }

    private static final String AGENT = "/agents/A056475aa75463474C0285df5Dbf2bcAB73Da65135";

    /** The other daemons demand a label even of requests without a body, which their own clients do not send. */
    @ParameterizedTest
    @ValueSource(strings = {"DELETE " + AGENT, "DELETE " + AGENT + "/profile", "POST " + AGENT + "/heartbeat"})
    void a19_aRequestWithoutBodyNeedsNoLabel(String request) throws IOException {
        String[] parts = request.split(" ");
        assertThat(sendBody(parts[0], parts[1], "")).containsPattern("^HTTP/1.1 (200|404) ");
        assertThat(sendBody(parts[0], parts[1], "x", "Content-Type: application/json; charset=utf-8"))
                .containsPattern("^HTTP/1.1 (200|404) ");
        assertThat(sendBody(parts[0], parts[1], "x", "Content-Type: text/plain"))
                .startsWith("HTTP/1.1 415 ")
                .contains("Content-Type: text/plain");
    }

    @Test
    void anOversizeBodyIsAWrongRequestOnThePathsOfOtherDaemons() throws IOException {
        restart(HttpLimits.DEFAULT.withBytes(8 << 10, 10));
        String label = "Content-Type: application/json";
        assertThat(sendBody("POST", "/agents", " ".repeat(11), label)).startsWith("HTTP/1.1 400 ");
        assertThat(sendBody("POST", "/v1/ping", " ".repeat(11), label)).startsWith("HTTP/1.1 413 ");
    }

    @Test
    void aSlashInANameMayBeEscaped() throws IOException {
        assertThat(sendBody("DELETE", "/agents/" + node.address() + "/services/a%2Fb", ""))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void theTokenIsReadableByItsOwnerOnlyAndKept() throws IOException {
        String token = Files.readString(settings.tokenFile());
        assertThat(token).matches("[0-9a-f]{64}");
        OwnerOnly.assertOwnerOnly(settings.tokenFile());
        restart(HttpLimits.DEFAULT);
        assertThat(Files.readString(settings.tokenFile())).isEqualTo(token);
    }

    @Test
    void anEmptyTokenFileIsRefused() throws IOException {
        Path file = Files.writeString(directory.resolve("empty"), "\n");
        assertThatThrownBy(() -> HttpApi.start(node, ANY_PORT, HttpSettings.of(file, "1.2.3")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("delete the file");
    }

    @Test
    void aConnectionWithoutARequestIsClosed() throws IOException {
        restart(HttpLimits.DEFAULT.withTimes(new HttpLimits.Times(SOON, NEVER, NEVER, NEVER)));
        assertThat(send("GET /v1/livez HTTP/1.1\r\nHost: loc")).doesNotContain("200");
    }

    @Test
    void anIdleConnectionIsClosed() throws IOException {
        restart(HttpLimits.DEFAULT.withTimes(new HttpLimits.Times(NEVER, NEVER, SOON, NEVER)));
        // A slow machine may take longer than the timeout until it answers.
        assertThat(send("GET /v1/livez HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .satisfiesAnyOf(
                        closed -> assertThat(closed).isEmpty(),
                        answer -> assertThat(answer).startsWith("HTTP/1.1 "));
    }

    @Test
    void aBodyThatDoesNotArriveClosesTheConnection() throws IOException {
        restart(HttpLimits.DEFAULT.withTimes(new HttpLimits.Times(NEVER, SOON, NEVER, NEVER)));
        assertThat(post("Content-Length: 10", "{\"t")).doesNotContain("HTTP/1.1 2");
    }

    private String post(String length, String body) throws IOException {
        return send("POST /v1/ping HTTP/1.1\r\nHost: localhost\r\n" + bearer()
                + "\r\nContent-Type: application/json\r\nConnection: close\r\n" + length + "\r\n\r\n" + body);
    }

    @Test
    void aBodyMayBeAsLongAsTheLimitAndNoLonger() throws IOException {
        restart(HttpLimits.DEFAULT.withBytes(8 << 10, 16));
        assertThat(post("Content-Length: 16", "{}              ")).startsWith("HTTP/1.1 400 ");
        assertThat(post("Content-Length: 17", "")).startsWith("HTTP/1.1 413 ").contains("\"too_long\"");
        assertThat(post("Transfer-Encoding: chunked", "11\r\n{}               \r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 413 ")
                .contains("\"too_long\"");
    }

    @Test
    void aBodyMustBeLabelledAsJson() throws IOException {
        assertThat(send("POST /v1/ping HTTP/1.1\r\nHost: localhost\r\n" + bearer()
                        + "\r\nContent-Type: text/plain\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}"))
                .startsWith("HTTP/1.1 415 ");
    }

    @Test
    void connectionsBeyondTheLimitWaitUntilOneIsClosed() throws IOException {
        restart(HttpLimits.DEFAULT.withConnections(1));
        Socket first = new Socket(api.address().getAddress(), api.address().getPort());
        try (Socket second =
                new Socket(api.address().getAddress(), api.address().getPort())) {
            second.getOutputStream().write("GET /v1/livez HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            second.setSoTimeout(200);
            assertThatThrownBy(second.getInputStream()::read).isInstanceOf(SocketTimeoutException.class);
            first.close();
            second.setSoTimeout(READ_LIMIT_MS);
            assertThat(new String(second.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 200 ");
        } finally {
            first.close();
        }
    }

    @Test
    void aTakenAddressIsNamed() {
        assertThatThrownBy(() -> HttpApi.start(node, api.address(), settings))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("127.0.0.1:" + api.address().getPort());
    }

    @Test
    void closingTwiceIsNoError() {
        api.close();
        api.close();
        assertThat(node.statistics()).isNotNull();
    }
}
