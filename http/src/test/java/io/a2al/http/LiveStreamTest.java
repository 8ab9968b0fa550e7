package io.a2al.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.a2al.dht.DhtNode;
import io.a2al.http.limits.HttpLimits;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.TopicPayload;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Streams of the state of a node. */
@Timeout(120)
class LiveStreamTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    private Path directory;

    private TestNetwork network;
    private DhtNode node;
    private HttpApi api;

    @BeforeEach
    void start() throws Exception {
        network = new TestNetwork(3, directory);
        node = network.last();
        serve(HttpLimits.DEFAULT);
    }

    @AfterEach
    void stop() {
        api.close();
        network.close();
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

    private EventClient open(String path) throws IOException {
        return new EventClient(api.address(), path, "");
    }

    /** Returns the first event of each of these types. */
    private static Map<String, JsonNode> first(EventClient events, Set<String> types) throws IOException {
        Map<String, JsonNode> first = new HashMap<>();
        while (!first.keySet().containsAll(types)) {
            EventClient.Part part = events.nextEvent();
            first.putIfAbsent(part.type(), MAPPER.readTree(part.data()));
        }
        return first;
    }

    @Test
    void eachViewIsToldAtFirstAsTheNodeIs() throws Exception {
        node.publishKept(EndpointPayload.of(List.of("https://a.example")));
        Set<String> views = Set.of("node", "peers", "publications", "history");
        Map<String, JsonNode> told;
        try (EventClient events = open("/v1/live?views=" + String.join(",", views))) {
            told = first(events, views);
        }
        assertThat(told).containsOnlyKeys(views);

        JsonNode state = told.get("node");
        assertThat(state.get("node_id").asText()).isEqualTo(node.nodeId().toHex());
        assertThat(state.get("joined").booleanValue()).isTrue();
        assertThat(state.get("why_not").isNull()).isTrue();
        assertThat(state.get("contacts").intValue()).isEqualTo(node.contacts().size());
        assertThat(state.at("/health/good").intValue()
                        + state.at("/health/unknown").intValue()
                        + state.at("/health/bad").intValue())
                .isEqualTo(node.contacts().size());
        assertThat(state.at("/publication_counts/open").intValue()).isEqualTo(1);

        assertThat(StreamSupport.stream(told.get("peers").get("peers").spliterator(), false)
                        .map(peer -> peer.get("node_id").asText()))
                .containsExactlyInAnyOrderElementsOf(node.contacts().stream()
                        .map(contact -> contact.nodeId().toHex())
                        .toList());
        assertThat(told.get("publications").at("/publications/0/endpoints/0").asText())
                .isEqualTo("https://a.example");
        assertThat(told.get("history").get("points").isArray()).isTrue();
    }

    @Test
    void aNodeThatKnowsNoOtherSaysWhyItHasNotJoined() throws Exception {
        api.close();
        try (TestNetwork alone = new TestNetwork(1, directory);
                HttpApi other = HttpApi.start(
                        alone.last(),
                        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
                        HttpSettings.of(directory.resolve("api.token"), "1.2.3"));
                EventClient events = new EventClient(other.address(), "/v1/live", "")) {
            JsonNode state = first(events, Set.of("node")).get("node");
            assertThat(state.get("joined").booleanValue()).isFalse();
            assertThat(state.get("why_not").asText()).contains("--bootstrap");
        }
    }

    @Test
    void aChangeIsToldOnTheSameStream() throws Exception {
        try (EventClient events = open("/v1/live?views=publications")) {
            JsonNode before = MAPPER.readTree(events.nextEvent().data());
            assertThat(before.get("publications")).isEmpty();
            node.publishKept(TopicPayload.of("ai", "Babel", List.of(), List.of()));
            JsonNode after = MAPPER.readTree(events.nextEvent().data());
            assertThat(after.at("/publications/0/topic").asText()).isEqualTo("ai");
        }
    }

    @Test
    void anUnknownViewIsRefused() throws Exception {
        for (String views : List.of("peers,nodes", "NODE", "", "node,")) {
            try (EventClient events = open("/v1/live?views=" + views)) {
                assertThat(events.status()).as(views).contains(" 400 ");
            }
        }
    }

    @Test
    void a20_theseStreamsAreCountedAndAPlaceIsFreeAgainAfterOneEnds() throws Exception {
        serve(HttpLimits.DEFAULT.withStreams(1));
        try (EventClient first = open("/v1/live?views=node");
                EventClient second = open("/v1/live?views=node")) {
            assertThat(first.nextEvent().type()).isEqualTo("node");
            assertThat(second.status()).contains(" 503 ");
        }
        // The server notices that the reader has left when it writes.
        boolean free = false;
        while (!free) {
            try (EventClient next = open("/v1/live?views=node")) {
                free = next.status().contains(" 200 ");
            }
        }
        assertThat(free).isTrue();
    }

    @Test
    void closingTheServerEndsTheStreams() throws Exception {
        try (EventClient events = open("/v1/live?views=peers")) {
            assertThat(events.nextEvent().type()).isEqualTo("peers");
            api.close();
            while (events.next().isPresent()) {
                // What was written before the end.
            }
        }
    }

    @Test
    void closingTheNodeEndsTheStreams() throws Exception {
        try (EventClient events = open("/v1/live?views=node,peers,publications")) {
            assertThat(events.nextEvent().type()).isEqualTo("node");
            node.close();
            while (events.next().isPresent()) {
                // What was written before the end.
            }
        }
    }
}
