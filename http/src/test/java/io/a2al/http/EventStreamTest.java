package io.a2al.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.a2al.dht.DhtNode;
import io.a2al.dht.Subscription;
import io.a2al.dht.result.ReceivedMail;
import io.a2al.dht.transport.Endpoints;
import io.a2al.dht.transport.MemoryNetwork;
import io.a2al.http.limits.HttpLimits;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.delegation.DelegationProof;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.mailbox.Mail;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.TopicPayload;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Streams of what happens to a node. */
@Timeout(120)
class EventStreamTest {

    private static final Duration NEVER = Duration.ofHours(1);
    private static final Duration SOON = Duration.ofMillis(50);
    private static final EndpointPayload PAYLOAD = EndpointPayload.of(List.of("https://a.example"));

    @TempDir
    private Path directory;

    private final List<DhtNode> nodes = new ArrayList<>();
    private DhtNode node;
    private DhtNode other;
    private HttpApi api;

    @BeforeEach
    void start() throws Exception {
        MemoryNetwork network = new MemoryNetwork();
        for (int i = 0; i < 2; i++) {
            byte[] seed = new byte[32];
            seed[0] = (byte) (i + 1);
            nodes.add(DhtNode.builder()
                    .identity(Identity.ofSeed(seed))
                    .transport(network.newTransport())
                    .deliveredMail(directory.resolve("delivered-" + i))
                    .build()
                    .start());
        }
        node = nodes.get(0);
        other = nodes.get(1);
        other.bootstrap(List.of(Endpoints.toSocketAddress(node.localEndpoint())));
        node.publish(PAYLOAD);
        serve(HttpLimits.DEFAULT);
    }

    @AfterEach
    void stop() {
        api.close();
        nodes.forEach(DhtNode::close);
    }

    private void serve(HttpLimits limits) throws IOException {
        if (api != null) {
            api.close();
        }
        api = HttpApi.start(
                node,
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
                HttpSettings.of(directory.resolve("api.token"), "1.2.3").withLimits(limits));
    }

    private EventClient open(String path, String... fields) throws IOException {
        return new EventClient(
                api.address(),
                path,
                "Authorization: Bearer " + Files.readString(directory.resolve("api.token")) + "\r\n"
                        + String.join("", fields));
    }

    private void publish(String topic) throws InterruptedException {
        other.publish(TopicPayload.of(topic, "", List.of(), List.of()));
    }

    private void send(String text) throws InterruptedException {
        other.sendMail(node.address(), Mail.TEXT, Bytes.copyOf(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static JsonNode json(EventClient.Part part) throws IOException {
        return new ObjectMapper().readTree(part.data());
    }

    @Test
    void aReaderIsToldWhatComes() throws Exception {
        try (EventClient events = open("/v1/events?types=record_heard")) {
            assertThat(events.next().orElseThrow().isComment()).isTrue();
            publish("a");
            EventClient.Part part = events.nextEvent();
            assertThat(part.type()).isEqualTo("record_heard");
            JsonNode event = json(part);
            assertThat(event.get("id").asText()).isEqualTo(part.id().orElseThrow());
            assertThat(event.get("type").asText()).isEqualTo("record_heard");
            assertThat(event.get("from").asText()).isEqualTo(other.nodeId().toHex());
            assertThat(event.get("record").get("seq_text").asText())
                    .isEqualTo(event.get("record").get("seq").bigIntegerValue().toString());
        }
    }

    @Test
    void aReaderThatComesBackIsToldWhatItMissed() throws Exception {
        EventClient.Part first;
        try (EventClient events = open("/v1/events?types=record_heard")) {
            publish("a");
            first = events.nextEvent();
        }
        publish("b");
        publish("c");
        try (EventClient events = open(
                "/v1/events?types=record_heard", "Last-Event-ID: " + first.id().orElseThrow() + "\r\n")) {
            assertThat(json(events.nextEvent()).get("id").asText())
                    .isNotEqualTo(first.id().orElseThrow());
            assertThat(events.nextEvent().type()).isEqualTo("record_heard");
        }
    }

    /** The events of another run of the program are not these. */
    @Test
    void aReaderWithAnIdOfAnotherRunIsToldThatItMissedSome() throws Exception {
        for (String id : List.of("x-1", "nonsense", "-", "x-99999999999999999999")) {
            try (EventClient events = open("/v1/events", "Last-Event-ID: " + id + "\r\n")) {
                EventClient.Part part = events.nextEvent();
                assertThat(part.type()).isEqualTo("lost");
                assertThat(json(part).get("count").isNull()).isTrue();
            }
        }
    }

    @Test
    void anUnknownTypeIsRefused() throws Exception {
        try (EventClient events = open("/v1/events?types=mail,males")) {
            assertThat(events.status()).contains(" 400 ");
        }
    }

    @Test
    void headOpensNoStream() throws Exception {
        serve(HttpLimits.DEFAULT.withStreams(1));
        List<String> token = List.of("Authorization: Bearer " + Files.readString(directory.resolve("api.token")));
        URI uri = URI.create("http://" + Endpoints.text(api.address()) + "/v1/events");
        for (int i = 0; i < 3; i++) {
            assertThat(new PlainRequest("HEAD", uri, token, "").send().status()).isEqualTo(200);
        }
    }

    @Test
    void a20_streamsAreLimitedAndAPlaceIsFreeAgainAfterOneEnds() throws Exception {
        serve(HttpLimits.DEFAULT.withStreams(1));
        EventClient first = open("/v1/events?types=record_heard");
        try (EventClient second = open("/v1/events")) {
            assertThat(second.status()).contains(" 503 ");
        }
        first.next();
        first.close();
        boolean free = false;
        for (int i = 0; !free; i++) {
            // The server notices when it writes.
            publish("topic " + i);
            try (EventClient next = open("/v1/events")) {
                free = next.status().contains(" 200 ");
            }
        }
        assertThat(free).isTrue();
    }

    @Test
    void a02_aStreamLeavesTheMailToItsReader() throws Exception {
        try (EventClient events = open("/v1/events?types=mail");
                EventClient legacy = open("/agents/" + node.address() + "/events")) {
            send("hello");
            JsonNode event = json(events.nextEvent());
            assertThat(event.get("agent").asText()).isEqualTo(node.address().toString());
            assertThat(event.get("record").get("address").asText())
                    .isEqualTo(other.address().toString());
            assertThat(event.toString()).doesNotContain("hello");
            assertThat(legacy.nextEvent().type()).isEqualTo("mailbox.received");
        }
        assertThat(node.readMail().mail()).hasSize(1);
        BlockingQueue<ReceivedMail> delivered = new LinkedBlockingQueue<>();
        try (Subscription subscription = node.listenMail(delivered::add)) {
            assertThat(subscription.isOpen()).isTrue();
            ReceivedMail mail = delivered.poll(30, TimeUnit.SECONDS);
            assertThat(mail).as("not consumed by the streams").isNotNull();
        }
    }

    /** Ten keep-alives take longer than the limits of a request together. */
    @Test
    void a03_aStreamOutlivesTheLimitsOfARequest() throws Exception {
        serve(HttpLimits.DEFAULT.withTimes(new HttpLimits.Times(NEVER, SOON, SOON.multipliedBy(4), NEVER)));
        try (EventClient events = open("/v1/events?types=record_heard")) {
            for (int i = 0; i < 10; i++) {
                assertThat(events.next().orElseThrow().isComment()).isTrue();
            }
            publish("a");
            assertThat(events.nextEvent().type()).isEqualTo("record_heard");
        }
    }

    @Test
    void theStreamOfOtherDaemonsHasTheirForm() throws Exception {
        try (EventClient agent = open("/agents/" + node.address() + "/events?types=mailbox.received");
                EventClient all = open("/events")) {
            send("hello");
            for (EventClient events : List.of(agent, all)) {
                EventClient.Part part = events.nextEvent();
                assertThat(part.type()).isEqualTo("mailbox.received");
                assertThat(json(part).get("aid").asText())
                        .isEqualTo(node.address().toString());
                assertThat(json(part).get("at").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
                assertThat(json(part).get("data").toString()).isEqualTo("{\"count\":1}");
                assertThat(json(part).get("type").asText()).isEqualTo("mailbox.received");
            }
        }
        try (EventClient bad = open("/agents/nobody/events")) {
            assertThat(bad.status()).contains(" 400 ");
        }
    }

    private static final Identity OPERATIONAL = identity(50);
    private static final Identity OWNER = identity(51);

    private static Identity identity(int number) {
        byte[] seed = new byte[Identity.SEED_LENGTH];
        seed[0] = (byte) number;
        return Identity.ofSeed(seed);
    }

    private JsonNode ask(String method, String path, String body) throws IOException {
        List<String> fields = List.of(
                "Authorization: Bearer " + Files.readString(directory.resolve("api.token")),
                "Content-Type: application/json");
        URI uri = URI.create("http://" + Endpoints.text(api.address()) + path);
        PlainRequest.Answer answer = new PlainRequest(method, uri, fields, body).send();
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body());
    }

    private void register() throws IOException {
        String key = Bytes.copyOf(OPERATIONAL.exportSeed())
                .concat(OPERATIONAL.publicKey())
                .toHex();
        String proof = DelegationProof.sign(OWNER.newSigner(), OPERATIONAL.publicKey(), 1, 0)
                .encode()
                .toHex();
        ask(
                "POST",
                "/agents",
                "{\"operational_private_key_hex\":\"" + key + "\",\"delegation_proof_hex\":\"" + proof + "\"}");
    }

    @Test
    void mailOfAnAgentThatTheNodeKeepsIsToldToAllOnce() throws Exception {
        register();
        ask("POST", "/agents/" + OWNER.address() + "/publish", "");
        try (EventClient own = open("/v1/events?types=mail");
                EventClient all = open("/events")) {
            for (String text : List.of("first", "second")) {
                other.sendMail(OWNER.address(), Mail.TEXT, Bytes.copyOf(text.getBytes(StandardCharsets.UTF_8)));
                JsonNode event = json(own.nextEvent());
                assertThat(event.get("agent").asText())
                        .isEqualTo(OWNER.address().toString());
                assertThat(event.get("recipient").asText())
                        .isEqualTo(NodeId.ofAddress(OWNER.address()).toHex());
                JsonNode legacy = json(all.nextEvent());
                assertThat(legacy.get("aid").asText()).isEqualTo(OWNER.address().toString());
                // One that was told twice would have no source the second time.
                assertThat(legacy.get("data").toString()).isEqualTo("{\"count\":1,\"source\":\"dht_push\"}");
            }
        }
        JsonNode polled = ask("POST", "/agents/" + OWNER.address() + "/mailbox/poll", "");
        assertThat(polled.get("messages")).as("not consumed by the streams").hasSize(2);
    }

    @Test
    void anAgentThatReadsItsEventsLives() throws Exception {
        register();
        String path = "/agents/" + OWNER.address();
        assertThat(ask("GET", path, "").get("heartbeat_seconds_ago").isNull()).isTrue();
        try (EventClient events = open(path + "/events")) {
            assertThat(events.next().orElseThrow().isComment()).isTrue();
            assertThat(ask("GET", path, "").get("heartbeat_seconds_ago").isNumber())
                    .isTrue();
        }
    }

    @Test
    void closingEndsTheStreams() throws Exception {
        try (EventClient events = open("/v1/events?types=joined")) {
            api.close();
            while (events.next().isPresent()) {
                // Comments before the end.
            }
            assertThat(events.status()).contains(" 200 ");
        }
    }
}
