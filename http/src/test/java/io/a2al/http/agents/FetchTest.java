package io.a2al.http.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.a2al.dht.Agent;
import io.a2al.dht.DhtNode;
import io.a2al.dht.transport.MemoryNetwork;
import io.a2al.http.Description;
import io.a2al.http.registry.AgentRegistry;
import io.a2al.http.registry.RegistrySettings;
import io.a2al.http.route.ApiRequest;
import io.a2al.http.route.ApiResult;
import io.a2al.http.route.Router;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.delegation.DelegationProof;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests to the programs of agents. */
@Timeout(60)
class FetchTest {

    /** The type of the first record that a client of TLS sends. */
    private static final int TLS_HANDSHAKE = 22;

    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");
    private static final Identity OPERATIONAL = identity(50);
    private static final Identity OWNER = identity(51);
    private static final String PATH = "/fetch/" + OWNER.address();

    private final Description description = new Description();
    private HttpServer program;
    private HttpServer elsewhere;
    private DhtNode node;
    private AgentRegistry registry;
    private Router router;

    private static Identity identity(int number) {
        byte[] seed = new byte[Identity.SEED_LENGTH];
        seed[0] = (byte) number;
        return Identity.ofSeed(seed);
    }

    private static HttpServer serve() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(HERE, 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        return server;
    }

    @BeforeEach
    void start() throws Exception {
        program = serve();
        elsewhere = serve();
        node = DhtNode.builder()
                .identity(identity(1))
                .transport(new MemoryNetwork().newTransport())
                .build()
                .start();
        registry = AgentRegistry.open(node, Optional.empty(), RegistrySettings.DEFAULT);
        Router.Builder routes = Router.builder();
        // As if the interface were where the other server is.
        new FetchResource(registry, elsewhere.getAddress()).addTo(routes);
        router = routes.build();
    }

    @AfterEach
    void stop() {
        registry.close();
        node.close();
        program.stop(0);
        elsewhere.stop(0);
    }

    private void register(String target) throws Exception {
        DelegationProof proof = DelegationProof.sign(OWNER.newSigner(), OPERATIONAL.publicKey(), 1, 0);
        registry.register(Agent.delegated(OPERATIONAL, proof), proof, target);
    }

    private void registerProgram() throws Exception {
        register("127.0.0.1:" + program.getAddress().getPort());
    }

    private record Answer(int status, JsonNode json) {}

    private Answer ask(String path, String body, boolean isLocal) throws Exception {
        ApiResult result = router.answer(new ApiRequest(
                "POST",
                path,
                Map.of(),
                Map.of(),
                "",
                Optional.empty(),
                Bytes.copyOf(body.getBytes(StandardCharsets.UTF_8)),
                isLocal));
        String text = ((ApiResult.Body.Whole) result.body()).text();
        assertThat(description.problems("POST", path, result.status(), text)).isEmpty();
        return new Answer(result.status(), new ObjectMapper().readTree(text));
    }

    private Answer fetch(String body) throws Exception {
        return ask(PATH, body, true);
    }

    private static byte[] body(Answer answer) {
        return Base64.getDecoder().decode(answer.json().get("body").asText());
    }

    @Test
    void theProgramIsAskedAndItsAnswerTold() throws Exception {
        program.createContext("/", exchange -> {
            String asked = exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().get("X-Test") + " "
                    + exchange.getRequestHeaders().get("Host") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            exchange.getResponseHeaders().put("X-Answer", List.of("a", "b"));
            byte[] bytes = asked.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(418, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        registerProgram();
        Answer answer = fetch("{\"method\":\"put\",\"path\":\"/a%20b?c=d\",\"body_base64\":\"aGk=\","
                + "\"headers\":{\"X-Test\":[\"1\",\"2\"],\"Host\":\"other.example\",\"Connection\":[\"upgrade\"]}}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("status").intValue()).isEqualTo(418);
        assertThat(answer.json().get("headers").get("x-answer").toString()).isEqualTo("[\"a\",\"b\"]");
        assertThat(new String(body(answer), StandardCharsets.UTF_8))
                .isEqualTo("PUT /a%20b?c=d [1, 2] [127.0.0.1:"
                        + program.getAddress().getPort() + "] hi");
        assertThat(answer.json().has("truncated")).isFalse();
    }

    @Test
    void aLongAnswerIsCut() throws Exception {
        byte[] piece = new byte[1 << 20];
        Arrays.fill(piece, (byte) 'x');
        program.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            for (int i = 0; i < 6; i++) {
                exchange.getResponseBody().write(piece);
            }
            exchange.close();
        });
        registerProgram();
        Answer answer = fetch("{}");
        assertThat(answer.json().get("truncated").booleanValue()).isTrue();
        assertThat(body(answer)).hasSize(FetchResource.MAX_BODY).containsOnly('x');
    }

    @Test
    void aProgramThatDoesNotFinishIsGivenUp() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        program.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('x');
            exchange.getResponseBody().flush();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        ServiceClient impatient = new ServiceClient(Duration.ofMillis(100), 10);
        ServiceClient.Question question = new ServiceClient.Question("GET", "/", Map.of(), Bytes.EMPTY);
        assertThatThrownBy(() -> impatient.ask("http", List.of(program.getAddress()), question))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("no whole answer within");
        end.countDown();
    }

    @Test
    void agentsThatAreNotReachedAreA502() throws Exception {
        Answer unknown = fetch("{}");
        assertThat(unknown.status()).isEqualTo(502);
        assertThat(unknown.json().get("error").asText()).startsWith("connect failed");
        register("");
        assertThat(fetch("{}").status()).as("no program").isEqualTo(502);
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, HERE)) {
            free = socket.getLocalPort();
        }
        register("127.0.0.1:" + free);
        assertThat(fetch("{}").status()).as("nothing listens").isEqualTo(502);
        assertThat(ask("/fetch/nobody", "{}", true).status()).isEqualTo(400);
    }

    @Test
    void aProgramWithHttpsIsAskedByHttps() throws Exception {
        CompletableFuture<Integer> firstByte = new CompletableFuture<>();
        Thread hangingUp;
        try (ServerSocket listener = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            hangingUp = Thread.ofVirtual().start(() -> hangUp(listener, firstByte));
            register("HTTPS://127.0.0.1:" + listener.getLocalPort());
            assertThat(fetch("{}").status()).as("it has no TLS").isEqualTo(502);
        }
        hangingUp.join();
        assertThat(firstByte).isCompletedWithValue(TLS_HANDSHAKE);
    }

    /** Ends each connection after its first byte: a client that tries again would wait for one that is not accepted. */
    private static void hangUp(ServerSocket listener, CompletableFuture<Integer> firstByte) {
        while (!listener.isClosed()) {
            try (Socket client = listener.accept()) {
                int first = client.getInputStream().read();
                if (first >= 0) {
                    firstByte.complete(first);
                }
            } catch (IOException closed) {
                return;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"path\":\"status\"}",
                "{\"path\":\"/a b\"}",
                "{\"method\":\"A B\"}",
                "{\"method\":\"CONNECT\"}",
                "{\"headers\":{\"a b\":[\"c\"]}}",
                "{\"headers\":{\"a\":[\"b\\r\\nc: d\"]}}",
                "{\"headers\":[]}",
                "{\"body_base64\":\"*\"}"
            })
    void whatIsNoRequestIsRefused(String body) throws Exception {
        AtomicInteger asked = new AtomicInteger();
        program.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.close();
        });
        registerProgram();
        assertThat(fetch(body).status()).isEqualTo(400);
        assertThat(asked).hasValue(0);
    }

    @Test
    void a15_programsAreAskedForThisMachineOnly() throws Exception {
        registerProgram();
        assertThat(ask(PATH, "{}", false).status()).isEqualTo(403);
        register("localhost:" + elsewhere.getAddress().getPort());
        Answer ofInterface = fetch("{}");
        assertThat(ofInterface.status()).isEqualTo(502);
        assertThat(ofInterface.json().get("error").asText()).contains("port of this interface");
    }

    /** Neither by a redirect nor by a path that looks like another host. */
    @Test
    void a15_anAnswerLeadsNowhereElse() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        elsewhere.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        String other = "127.0.0.1:" + elsewhere.getAddress().getPort();
        program.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Location", "http://" + other + "/");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        registerProgram();
        for (String path : List.of("/", "//" + other + "/", "/@" + other + "/")) {
            assertThat(fetch("{\"path\":\"" + path + "\"}").json().get("status").intValue())
                    .isEqualTo(302);
        }
        assertThat(asked).hasValue(0);
    }
}
