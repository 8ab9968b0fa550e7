package io.a2al.http;

import io.a2al.dht.DhtNode;
import io.a2al.dht.Publication;
import io.a2al.dht.transport.Endpoints;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.AgentProfilePayload;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.TopicPayload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A network in memory with a node that is explored, the records that there are to see, and a film. Tests share it, and
 * leave it as it was.
 */
final class ExplorerSite implements AutoCloseable {

    static final InetSocketAddress FREE = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    static final String TOPIC = "ai/translation";
    static final String URL = "https://node.example/a2a";
    static final String FAR_URL = "https://far.example/a2a";

    /** Text of a stranger that would run if it became markup. */
    static final String MARKUP = "<img src=x onerror=\"window.pwned=1\">";

    static final String MARKUP_TOPIC = "ai/<b>bold</b>";

    /** Phases and faults of the film. */
    static final List<String> MARKS =
            List.of("00:00:00 joining", "00:00:20 running", "00:00:30 node 3 crashes", "00:00:50 settling");

    private static final int SIZE = 20;

    private final Path directory;
    private final TestNetwork network;
    private final Publication endpoint;
    private final DhtNode stranger;
    private final Publication profile;
    private final DhtNode far;
    private final HttpApi api;
    private final FilmServer film;

    static ExplorerSite start() throws IOException, InterruptedException {
        return new ExplorerSite(Files.createTempDirectory("a2al-explorer"));
    }

    private ExplorerSite(Path directory) throws IOException, InterruptedException {
        this.directory = directory;
        network = new TestNetwork(SIZE, directory);
        endpoint = node().publishKept(EndpointPayload.of(List.of(URL)));
        node().publishKept(TopicPayload.of(TOPIC, "Babel", List.of("mcp"), List.of("fast"))
                .withBrief("Translates between the languages of the world."));
        network.get(2).publish(TopicPayload.of(TOPIC, "Dragoman", List.of("a2a"), List.of("exact")));
        far = farFrom(node().nodeId());
        far.publish(EndpointPayload.of(List.of(FAR_URL)));
        stranger = network.get(1);
        stranger.publish(EndpointPayload.of(List.of("javascript:window.pwned=2", "https://x.example/" + MARKUP)));
        profile = stranger.publish(AgentProfilePayload.of(MARKUP, List.of(MARKUP), List.of(MARKUP)));
        stranger.publish(
                TopicPayload.of(MARKUP_TOPIC, MARKUP, List.of("<i>mcp</i>"), List.of("<script>window.pwned=3</script>"))
                        .withBrief(MARKUP));
        api = serve(false);
        film = FilmServer.start(FREE, film());
    }

    /** Returns the node whose endpoint record this node is the last to hold. */
    private DhtNode farFrom(NodeId self) {
        return IntStream.range(3, SIZE - 1)
                .mapToObj(network::get)
                .max(Comparator.comparing(other -> rank(self, NodeId.ofAddress(other.address()))))
                .orElseThrow();
    }

    /** Returns how many nodes are nearer to a key. */
    private long rank(NodeId self, NodeId key) {
        return IntStream.range(0, SIZE)
                .filter(i -> key.isNearer(network.get(i).nodeId(), self))
                .count();
    }

    /** Serves the node once more. */
    HttpApi serve(boolean tokenAlways) throws IOException {
        return HttpApi.start(
                node(),
                FREE,
                HttpSettings.of(directory.resolve("api.token"), "1.2.3").withTokenAlways(tokenAlways));
    }

    String token() throws IOException {
        return Files.readString(directory.resolve("api.token")).strip();
    }

    /** The node that the page shows. */
    DhtNode node() {
        return network.last();
    }

    /** A node whose endpoint record is not held by {@link #node}. */
    DhtNode far() {
        return far;
    }

    /** A node whose records are full of markup. */
    DhtNode stranger() {
        return stranger;
    }

    /** The node's own endpoint, as it is published. */
    Publication endpoint() {
        return endpoint;
    }

    /** A record of the stranger that is full of markup. */
    Bytes strangersRecord() {
        return profile.state().record().encoded();
    }

    /** A node that publishes no endpoint. */
    DhtNode absent() {
        return network.get(0);
    }

    /** Returns the address of a view of the node. */
    String view(String name) {
        return view(api.address(), name);
    }

    /** Returns the address of the simulation. */
    String simulation(String parameters) {
        return view(film.address(), "simulation" + parameters);
    }

    /** Returns the address of a view of another server. */
    static String view(InetSocketAddress server, String name) {
        return "http://" + Endpoints.text(server) + "/#/" + name;
    }

    /** Returns a film of ten participants, of which the fourth crashes at 30 s, so that a check fails. */
    static TestFilm film() {
        TestFilm film = new TestFilm("""
            {"film":1,"command":"a2al sim --nodes 10 --seed 7","options":{},"participants":10,"seconds":60,\
            "phases":[{"name":"joining","begin":0},{"name":"running","begin":20},{"name":"settling","begin":50}],\
            "conditions":["off","up","second_half","asleep","hostile"]}\
            """);
        for (int at = 10; at <= 60; at += 10) {
            StringBuilder changes = new StringBuilder();
            for (int i = 0; at == 10 && i < 10; i++) {
                changes.append(changes.isEmpty() ? "" : ",").append(i + "," + i * 429496729L + ",1");
            }
            film.add("{\"at\":" + at + ",\"right\":2,\"wrong\":0,\"datagrams\":40,\"lost\":1,\"changes\":["
                    + (at == 30 ? "3,1288490187,0" : changes) + "],\"lookups\":[1,2147483648,1,20.0],\"faults\":["
                    + (at == 30 ? "\"node 3 crashes\"" : "") + "]}");
        }
        film.end("""
            {"end":{"violation":{"check":"publications-held","at_seconds":30,"message":"a record has 0 holders",\
            "participants":[3],"nodes":["#3 at 192.0.2.3:4121"],\
            "events":["     20.500000     #3 sent STORE to #4","     30.000000     #3 is switched off"]}}}\
            """);
        return film;
    }

    @Override
    public void close() {
        film.close();
        api.close();
        network.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
